package io.quorate.cli.part;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.util.concurrent.TimeUnit;

/** The event loops of a process. */
public final class EventLoops {
    private static final int BLOCKING_THREADS = 4;

    /** A look at whether a loop is blocked wakes an idle process up. */
    private static final long BLOCKED_CHECK_MILLIS = 10_000;

    private EventLoops() {}

    /** As many loops as there are parts in this process, so that each has its own. */
    public static Vertx open(int parts) {
        System.setProperty("vertx.logger-delegate-factory-class-name", "io.vertx.core.logging.SLF4JLogDelegateFactory");
        System.setProperty("vertx.disableDnsResolver", "true");
        return Vertx.vertx(new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(parts)
                .setWorkerPoolSize(BLOCKING_THREADS)
                .setInternalBlockingPoolSize(BLOCKING_THREADS)
                .setBlockedThreadCheckInterval(BLOCKED_CHECK_MILLIS)
                .setBlockedThreadCheckIntervalUnit(TimeUnit.MILLISECONDS)
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
    }
}
