package io.quorate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import org.junit.jupiter.api.Test;

class LogLinesTest {
    @Test
    void aControllerThatIsAwayDoesNotFillTheLogsOfTheOthers() {
        LoggerContext context = new LoggerContext();

        new LogLines().configure(context);

        assertThat(context.getLogger("org.apache.ratis.util.LifeCycle").isErrorEnabled())
                .isFalse();
        assertThat(context.getLogger("org.apache.ratis.server").isWarnEnabled()).isTrue();
    }
}
