package io.quorate.server.redis;

/** Hears of the commands of Redis clients; called on the event loop, so it must not block. */
public interface CommandMeter {
    /** Hears nothing. */
    CommandMeter NONE = (family, outcome, nanos) -> {};

    /**
     * A command was answered.
     *
     * @param family what it is about, for example {@code string}; never its name or a key
     * @param outcome {@code ok}, or the first word of the error in small letters, for example {@code noreplicas}
     * @param nanos from the arrival of the command to its answer
     */
    void answered(String family, String outcome, long nanos);
}
