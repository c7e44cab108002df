package io.quorate.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
    void whatAShellWouldTakeApartIsQuoted() {
        assertThat(GoOn.command(List.of("watch", "{it's} *"), "p")).isEqualTo("quorate watch --from p '{it'\\''s} *'");
        assertThat(GoOn.command(List.of("watch", ""), "p")).isEqualTo("quorate watch --from p ''");
    }
}
