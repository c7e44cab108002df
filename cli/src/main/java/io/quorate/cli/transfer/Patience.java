package io.quorate.cli.transfer;

import io.quorate.cli.ExitCode;
import io.quorate.cli.Pause;
import io.quorate.cli.client.AnswerRefusedException;
import java.util.function.Predicate;

/**
 * How often something is asked that fails for reasons that pass, with pauses that double.
 *
 * @param attempts the most times that it is asked, from 1
 * @param firstPauseMillis after the first time
 * @param maxPauseMillis between two times
 */
public record Patience(int attempts, long firstPauseMillis, long maxPauseMillis) {
    /** Outlasts the time in which a cluster replaces a leader. */
    public static final Patience USUAL = new Patience(14, 100, 2_000);

    /** Something that may be refused. */
    public interface Asking<T> {
        /** Asks once. */
        T ask() throws AnswerRefusedException;
    }

    /** Asks until it is answered, or refused for good, or often enough. */
    <T> T ask(Asking<T> asking) throws AnswerRefusedException {
        return ask(asking, refused -> passes(refused.exitCode()));
    }

    /**
     * Asks until it is answered, or refused for good, or often enough.
     *
     * @param mayAskAgain whether a refusal is one that passes, and leaves nothing behind that forbids to ask again
     */
    public <T> T ask(Asking<T> asking, Predicate<AnswerRefusedException> mayAskAgain) throws AnswerRefusedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return asking.ask();
            } catch (AnswerRefusedException refused) {
                if (attempt == attempts || !mayAskAgain.test(refused) || !pause(attempt)) {
                    throw refused;
                }
            }
        }
    }

    /** Whether what ended with this code may end otherwise in a moment. */
    public static boolean passes(int exitCode) {
        return exitCode == ExitCode.UNREACHED || exitCode == ExitCode.UNKNOWN;
    }

    /** Waits after an attempt, counted from 1; answers whether there is to be another one, not so after an interrupt. */
    boolean pause(int attempt) {
        return Pause.millis(Math.min(maxPauseMillis, firstPauseMillis << Math.min(attempt - 1, 20)));
    }
}
