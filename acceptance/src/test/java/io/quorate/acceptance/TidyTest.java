package io.quorate.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What every source file of the project keeps, and that the rules see a file that does not. */
class TidyTest {

    private static final List<SourceFile> FILES = SourceFile.all();

    @Test
    void theSourcesOfEveryModuleAreLookedAt() {
        assertThat(FILES)
                .extracting(SourceFile::module)
                .contains("api", "client", "core", "server", "simulation", "cli", "acceptance");
    }

    @Test
    void filesStayShort() {
        assertThat(TidyRules.longFiles(FILES)).isEmpty();
    }

    @Test
    void methodsStayShort() {
        assertThat(TidyRules.longMethods(FILES)).isEmpty();
    }

    @Test
    void nothingIsLeftOver() {
        assertThat(TidyRules.leftovers(FILES)).isEmpty();
    }

    @Test
    void typesAreNamedAfterWhatTheyAre() {
        assertThat(TidyRules.vagueNames(FILES)).isEmpty();
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(TidyRules.unmarkedPackages(FILES)).isEmpty();
    }

    @Test
    void aFileOfOneLineTooManyIsSeen() {
        assertThat(TidyRules.longFiles(List.of(main("\n".repeat(TidyRules.MAX_FILE_LINES)))))
                .isEmpty();
        assertThat(TidyRules.longFiles(List.of(main("\n".repeat(TidyRules.MAX_FILE_LINES + 1)))))
                .hasSize(1);
    }

    @Test
    void aMethodOfOneLineTooManyIsSeenAndItsCommentDoesNotCount() {
        assertThat(TidyRules.longMethods(List.of(method(TidyRules.MAX_METHOD_LINES))))
                .isEmpty();
        assertThat(TidyRules.longMethods(List.of(method(TidyRules.MAX_METHOD_LINES + 1))))
                .containsExactly("core/src/main/java/io/quorate/core/A.java:4 long_ has 61 lines:"
                        + " look for the second idea in it");
    }

    @Test
    void aVagueNameIsSeenInNestedTypesToo() {
        assertThat(TidyRules.vagueNames(List.of(main("class Log { record KeyUtils() {} }"))))
                .hasSize(1);
        assertThat(TidyRules.vagueNames(List.of(main("class Database { interface Utility {} }"))))
                .isEmpty();
    }

    @Test
    void leftoversAreSeenWhereTheyAreForbidden() {
        String sleep = "Thread" + ".sleep(1);";
        String print = "System" + ".out.println();";
        assertThat(TidyRules.leftovers(List.of(main("// TO" + "DO later")))).hasSize(1);
        assertThat(TidyRules.leftovers(List.of(main(print)))).hasSize(1);
        assertThat(TidyRules.leftovers(List.of(main(sleep)))).isEmpty();
        assertThat(TidyRules.leftovers(List.of(test(sleep + print)))).hasSize(2);
        assertThat(TidyRules.leftovers(List.of(new SourceFile("cli/src/main/java/A.java", print))))
                .isEmpty();
        assertThat(TidyRules.leftovers(List.of(new SourceFile("server/src/main/web/a.js", "console" + ".log(1)"))))
                .hasSize(1);
    }

    @Test
    void aPackageWithoutItsMarkIsSeen() {
        SourceFile mark = new SourceFile("core/src/main/java/io/quorate/core/package-info.java", "@NullMarked\n");
        assertThat(TidyRules.unmarkedPackages(List.of(main("class A {}")))).hasSize(1);
        assertThat(TidyRules.unmarkedPackages(List.of(mark, main("class A {}"), test("class B {}"))))
                .isEmpty();
    }

    private static SourceFile main(String text) {
        return new SourceFile("core/src/main/java/io/quorate/core/A.java", text);
    }

    private static SourceFile test(String text) {
        return new SourceFile("core/src/test/java/io/quorate/core/ATest.java", text);
    }

    private static SourceFile method(int lineCount) {
        return main("class A {\n/** Says\n why. */\nvoid long_() {" + "\n".repeat(lineCount - 1) + "}\n}");
    }
}
