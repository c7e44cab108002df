package io.quorate.acceptance.torture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RunTagTest {
    private static final int LONGEST_INTERFACE_NAME = 15;
    private static final long GREATEST_PID = 1L << 22;

    @Test
    void whatARunMadeNamesTheRun() {
        assertThat(RunTag.in(new RunTag(4711).of("w4"))).contains(new RunTag(4711));
        assertThat(RunTag.in(new RunTag(4711).text())).contains(new RunTag(4711));
        assertThat(RunTag.in("eth0")).isEmpty();
        assertThat(RunTag.in("tmpfs")).isEmpty();
    }

    @Test
    void itIsShortEnoughForAnInterface() {
        assertThat(new RunTag(GREATEST_PID).of("w99").length()).isLessThanOrEqualTo(LONGEST_INTERFACE_NAME);
    }

    @Test
    void aRunIsNotOverWhileItsProcessLives() {
        assertThat(RunTag.ofThisProcess().isOver()).isFalse();
        assertThat(new RunTag(GREATEST_PID + 1).isOver()).isTrue();
    }
}
