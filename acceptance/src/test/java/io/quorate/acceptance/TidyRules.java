package io.quorate.acceptance;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules of tidiness that every source file keeps; each answers the places where one is broken. */
final class TidyRules {

    static final int MAX_FILE_LINES = 400;
    static final int MAX_METHOD_LINES = 60;

    private static final Pattern VAGUE_NAME = Pattern.compile(".*(Manager|Helper|Utils?|Impl|Base)");
    private static final Pattern NULL_MARKED = Pattern.compile("(?m)^@NullMarked$");

    private static final Predicate<SourceFile> JAVA = SourceFile::isJava;
    private static final Predicate<SourceFile> SCRIPT = JAVA.negate();
    private static final Predicate<SourceFile> TEST = JAVA.and(SourceFile::isTest);
    private static final Predicate<SourceFile> OUTSIDE_CLI = JAVA.and(file -> !"cli".equals(file.module()));

    /** Text that has no place in a finished file, split so that this file does not hold it. */
    private static final List<Leftover> LEFTOVERS = List.of(
            new Leftover("\\b(TO" + "DO|FIX" + "ME|XX" + "X|HA" + "CK)\\b", file -> true, "do it now or open an issue"),
            new Leftover("\\.print" + "StackTrace\\(", JAVA, "log it, or answer it as a value"),
            new Leftover("System\\.(out|err)\\.print", OUTSIDE_CLI, "log it, or let the command line print it"),
            new Leftover("Thread\\.sleep|TimeUnit\\.\\w+\\.sleep", TEST, "wait for a condition, with a bound"),
            new Leftover("@Dis" + "abled\\b", TEST, "mend the test or remove it"),
            new Leftover("\\bAssum" + "ptions\\b|\\bassum(e|ing)T\\w+\\(", TEST, "fail and say what is missing"),
            new Leftover("\\bconsole\\.log\\b|\\bdebugger\\b", SCRIPT, "show it on the page, or remove it"));

    private TidyRules() {}

    private record Leftover(Pattern pattern, Predicate<SourceFile> where, String instead) {

        Leftover(String regex, Predicate<SourceFile> where, String instead) {
            this(Pattern.compile(regex), where, instead);
        }

        Stream<String> in(SourceFile file, int line, String text) {
            return pattern.matcher(text)
                    .results()
                    .map(hit -> "%s:%d has '%s': %s".formatted(file.path(), line, hit.group(), instead));
        }
    }

    static List<String> longFiles(List<SourceFile> files) {
        return files.stream()
                .filter(file -> file.lines().size() > MAX_FILE_LINES)
                .map(file -> "%s has %d lines: look for the second idea in it"
                        .formatted(file.path(), file.lines().size()))
                .toList();
    }

    static List<String> longMethods(List<SourceFile> files) {
        List<String> broken = new ArrayList<>();
        for (ParsedSource file : ParsedSource.of(javaFiles(files))) {
            for (ParsedSource.Declaration method : file.methods()) {
                if (method.lineCount() > MAX_METHOD_LINES) {
                    broken.add("%s:%d %s has %d lines: look for the second idea in it"
                            .formatted(file.path(), method.line(), method.name(), method.lineCount()));
                }
            }
        }
        return broken;
    }

    static List<String> vagueNames(List<SourceFile> files) {
        List<String> broken = new ArrayList<>();
        for (ParsedSource file : ParsedSource.of(javaFiles(files))) {
            for (ParsedSource.Declaration type : file.types()) {
                if (VAGUE_NAME.matcher(type.name()).matches()) {
                    broken.add("%s:%d %s: name it after what it is in the domain"
                            .formatted(file.path(), type.line(), type.name()));
                }
            }
        }
        return broken;
    }

    static List<String> leftovers(List<SourceFile> files) {
        List<String> broken = new ArrayList<>();
        for (SourceFile file : files) {
            List<Leftover> forbidden = LEFTOVERS.stream()
                    .filter(leftover -> leftover.where().test(file))
                    .toList();
            List<String> lines = file.lines();
            for (int i = 0; i < lines.size(); i++) {
                for (Leftover leftover : forbidden) {
                    leftover.in(file, i + 1, lines.get(i)).forEach(broken::add);
                }
            }
        }
        return broken;
    }

    /** A package is marked once in its module: tests that share it with the main sources need no second mark. */
    static List<String> unmarkedPackages(List<SourceFile> files) {
        var marked = javaFiles(files).stream()
                .filter(file -> file.name().equals("package-info.java"))
                .filter(file -> NULL_MARKED.matcher(file.text()).find())
                .map(TidyRules::packageOf)
                .collect(Collectors.toSet());
        return javaFiles(files).stream()
                .filter(file -> !marked.contains(packageOf(file)))
                .map(SourceFile::folder)
                .distinct()
                .map(folder -> folder + " has no package-info.java with @NullMarked on a line of its own")
                .toList();
    }

    private static String packageOf(SourceFile file) {
        return file.folder().replace("/src/test/java/", "/src/main/java/");
    }

    private static List<SourceFile> javaFiles(List<SourceFile> files) {
        return files.stream().filter(SourceFile::isJava).toList();
    }
}
