package io.quorate.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
import java.util.List;

/**
 * How log lines look and which of them are written: on stderr, or into a file while stderr has only what a person who
 * watches a cluster wants to know, the controller's decisions and errors.
 *
 * <p>In code, because reading a file of XML takes a good part of the start of a process. A {@code logback-test.xml} on
 * the class path wins.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_TOP_PRIORITY)
public final class LogLines extends ContextAwareBase implements Configurator {
    private static final String FORMAT = "quorate.log.format";
    private static final String LEVEL = "quorate.log.level";
    private static final String FILE = "quorate.log.file";
    private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0} %msg%n";
    private static final String PATTERN_FOR_WATCHERS = "%d{HH:mm:ss.SSS} %msg%n%nopex";
    private static final String DECISIONS = "io.quorate.server.wiring.ControllerLoop";

    /** A log file is set aside at this size, and the one that was set aside before is dropped. */
    private static final FileSize FILE_LIMIT = FileSize.valueOf("32MB");

    /** Libraries that tell more than anybody wants to know. */
    private static final List<String> CHATTY = List.of("org.apache.ratis", "io.netty", "io.vertx");

    /** Reports with a stack trace what happens to every connection that comes while a process stops. */
    private static final String ACCEPTOR = "io.netty.bootstrap.ServerBootstrap";

    /** Reports with stack traces, several times a second, that another controller is away, which one line says too. */
    private static final String LIFE_CYCLE = "org.apache.ratis.util.LifeCycle";

    /**
     * Says what is wanted; before the first line is logged. Processes that do not say write warnings only.
     *
     * @param format {@code text} or {@code json}
     * @param level the least severe lines that are written
     */
    public static void want(String format, String level) {
        System.setProperty(FORMAT, format);
        System.setProperty(LEVEL, level);
    }

    /** As {@link #want}, with the lines in a file. */
    public static void wantInFile(String format, String level, Path file) {
        want(format, level);
        System.setProperty(FILE, file.toString());
    }

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (LogLines.class.getResource("/logback-test.xml") != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        Level level = Level.toLevel(System.getProperty(LEVEL, "warn"), Level.INFO);
        if (level.isGreaterOrEqual(Level.INFO)) {
            CHATTY.forEach(
                    name -> context.getLogger(name).setLevel(level.isGreaterOrEqual(Level.WARN) ? level : Level.WARN));
            context.getLogger(ACCEPTOR).setLevel(Level.ERROR);
            context.getLogger(LIFE_CYCLE).setLevel(Level.OFF);
        }
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(level);
        String file = System.getProperty(FILE);
        if (file == null) {
            root.addAppender(console(context, lines()));
        } else {
            root.addAppender(file(context, file));
            Appender<ILoggingEvent> watched = console(context, text(PATTERN_FOR_WATCHERS));
            context.getLogger(DECISIONS).addAppender(watched);
            root.addAppender(errorsOf(context, watched));
        }
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static Appender<ILoggingEvent> console(LoggerContext context, Encoder<ILoggingEvent> encoder) {
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setName("stderr");
        appender.setTarget("System.err");
        appender.setEncoder(started(context, encoder));
        appender.start();
        return appender;
    }

    private static Appender<ILoggingEvent> file(LoggerContext context, String file) {
        RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
        FixedWindowRollingPolicy aside = new FixedWindowRollingPolicy();
        aside.setContext(context);
        aside.setParent(appender);
        aside.setFileNamePattern(file + ".%i");
        aside.setMaxIndex(1);
        SizeBasedTriggeringPolicy<ILoggingEvent> limit = new SizeBasedTriggeringPolicy<>();
        limit.setContext(context);
        limit.setMaxFileSize(FILE_LIMIT);
        appender.setContext(context);
        appender.setName("file");
        appender.setFile(file);
        appender.setEncoder(started(context, lines()));
        appender.setRollingPolicy(aside);
        appender.setTriggeringPolicy(limit);
        aside.start();
        limit.start();
        appender.start();
        return appender;
    }

    /** Whatever is an error, unless the controller said it and it is written already. */
    private static Appender<ILoggingEvent> errorsOf(LoggerContext context, Appender<ILoggingEvent> target) {
        AppenderBase<ILoggingEvent> errors = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                if (event.getLevel().isGreaterOrEqual(Level.ERROR)
                        && !event.getLoggerName().equals(DECISIONS)) {
                    target.doAppend(event);
                }
            }
        };
        errors.setContext(context);
        errors.start();
        return errors;
    }

    private static Encoder<ILoggingEvent> started(LoggerContext context, Encoder<ILoggingEvent> encoder) {
        encoder.setContext(context);
        encoder.start();
        return encoder;
    }

    private static Encoder<ILoggingEvent> lines() {
        return System.getProperty(FORMAT, "text").equals("json") ? json() : text(PATTERN);
    }

    private static Encoder<ILoggingEvent> text(String pattern) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setPattern(pattern);
        return encoder;
    }

    private static Encoder<ILoggingEvent> json() {
        JsonEncoder encoder = new JsonEncoder();
        encoder.setWithSequenceNumber(false);
        encoder.setWithNanoseconds(false);
        encoder.setWithContext(false);
        return encoder;
    }
}
