package io.quorate.simulation.history;

/**
 * One call of a client, from its start to its answer.
 *
 * @param id unlike that of every other operation of the history
 * @param startNanos when the client sent it; the clock is the same for all clients of a history
 * @param endNanos when the client was answered, not before the start; {@link #NEVER} when it was not
 */
public record Operation(long id, String client, String key, Call call, long startNanos, long endNanos, Result result) {
    /** The end of a call that was never answered. */
    public static final long NEVER = Long.MAX_VALUE;

    public Operation {
        if (endNanos < startNanos) {
            throw new IllegalArgumentException("operation %d ends before it starts".formatted(id));
        }
        if (endNanos == NEVER && !(result instanceof Result.Unknown)) {
            throw new IllegalArgumentException("operation %d has a result but was never answered".formatted(id));
        }
        if (!answers(result, call)) {
            throw new IllegalArgumentException("operation %d: %s is no answer to %s".formatted(id, result, call));
        }
    }

    private static boolean answers(Result result, Call call) {
        return switch (result) {
            case Result.ReadValue _ -> call instanceof Call.Read;
            case Result.Applied applied ->
                !(call instanceof Call.Read) && (applied.total().isEmpty() || call instanceof Call.Add);
            case Result.ConditionFailed _ -> call instanceof Call.PutIf || call instanceof Call.DeleteIf;
            case Result.NotApplied _, Result.Unknown _ -> true;
        };
    }

    /** Whether it may have taken effect without the client's knowledge. */
    boolean isUndecidedWrite() {
        return result instanceof Result.Unknown && !(call instanceof Call.Read);
    }

    /** Whether its effect or its answer has a place in every order that explains the history. */
    boolean isDecided() {
        return !(result instanceof Result.Unknown) && !(result instanceof Result.NotApplied);
    }

    /** One line for a person. */
    String line() {
        String end = endNanos == NEVER ? "never" : Long.toString(endNanos);
        return "#%d %s [%d..%s] %s -> %s".formatted(id, client, startNanos, end, call, result);
    }
}
