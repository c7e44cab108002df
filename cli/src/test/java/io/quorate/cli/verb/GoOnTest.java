package io.quorate.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The command that goes on with a watch. */
class GoOnTest {
    @Test
    void itHasTheSameWordsAndTheNewPosition() {
        assertThat(GoOn.command(List.of("watch"), "p_1-x")).isEqualTo("quorate watch --from p_1-x");
        assertThat(GoOn.command(List.of("watch", "a/", "--from", "old", "-o", "json"), "new"))
                .isEqualTo("quorate watch --from new a/ -o json");
        assertThat(GoOn.command(List.of("watch", "--from=old", "--", "--x"), "new"))
                .isEqualTo("quorate watch --from new -- --x");
    }

    @Test
    void itHasTheNumberThatIsLeftWhereThatIsLimited() {
        assertThat(GoOn.command(List.of("scan", "a/", "--limit", "9"), "c", OptionalLong.of(4)))
                .isEqualTo("quorate scan --from c --limit 4 a/");
        assertThat(GoOn.command(List.of("scan", "--limit=9", "--", "--limit"), "c", OptionalLong.of(4)))
                .isEqualTo("quorate scan --from c --limit 4 -- --limit");
        assertThat(GoOn.command(List.of("watch", "--", "--from"), "c")).isEqualTo("quorate watch --from c -- --from");
    }

    @Test
    void whatAShellWouldTakeApartIsQuoted() {
        assertThat(GoOn.command(List.of("watch", "{it's} *"), "p")).isEqualTo("quorate watch --from p '{it'\\''s} *'");
        assertThat(GoOn.command(List.of("watch", ""), "p")).isEqualTo("quorate watch --from p ''");
    }
}
