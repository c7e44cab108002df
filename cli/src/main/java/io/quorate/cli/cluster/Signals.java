package io.quorate.cli.cluster;

import io.quorate.cli.CommandRefusedException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Signals to the processes of a cluster; a process that is not the one named is never signalled. */
public final class Signals {
    private static final long SIGNAL_SECONDS = 10;
    private static final long POLL_MILLIS = 20;

    private Signals() {}

    /** A signal. */
    public enum Signal {
        /** Ends it in order. */
        TERM,
        /** Ends it at once. */
        KILL,
        /** Suspends it. */
        STOP,
        /** Lets it go on. */
        CONT
    }

    /** Sends the signal if the process is the one named. */
    public static void send(PartProcess process, Signal signal) throws CommandRefusedException {
        if (!process.isAlive()) {
            throw new CommandRefusedException("Process " + process.pid() + " has ended already.");
        }
        try {
            // The shell's own kill: not every system has it as a program.
            Process kill = new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + process.pid())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(kill.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (!kill.waitFor(SIGNAL_SECONDS, TimeUnit.SECONDS) || kill.exitValue() != 0) {
                throw new CommandRefusedException("Process " + process.pid() + " could not be sent SIG" + signal + " ("
                        + said.strip() + "): it may belong to another user.");
            }
        } catch (IOException e) {
            throw new CommandRefusedException("No signal can be sent on this system: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandRefusedException("Interrupted.");
        }
    }

    /** Waits until the process has ended; answers whether it did in time. */
    public static boolean awaitEnd(PartProcess process, Duration limit) {
        return await(() -> !process.isAlive(), limit);
    }

    static boolean await(BooleanSupplier condition, Duration limit) {
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadlineNanos > 0) {
                return false;
            }
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return condition.getAsBoolean();
            }
        }
        return true;
    }
}
