package io.quorate.server.http;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.KeyedRecord;
import io.quorate.api.Outcome;
import io.quorate.api.Problem;
import io.quorate.api.WriteRequest;
import io.quorate.core.port.WorkerService;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Deletes keys one by one, several at once. It is not atomic: what it answers are counts, and where to go on.
 *
 * <p>After the first key that was not deleted no further one is begun.
 */
final class PrefixDeletion {
    private static final int MAX_UNDER_WAY = 64;

    private final WorkerService service;
    private final long timeoutMillis;
    private final Exchange exchange;
    private final Runnable whenEnded;
    private final Deque<KeyedRecord> left;
    private final Bytes from;
    private final Optional<Bytes> next;
    private int underWay;
    private boolean ended;
    private int deleted;
    private int unknown;
    private Optional<Refusal> failure = Optional.empty();

    /**
     * @param from where the keys were looked for
     * @param keys to delete, ascending
     * @param next where further ones are
     */
    PrefixDeletion(
            WorkerService service,
            long timeoutMillis,
            Exchange exchange,
            Bytes from,
            List<KeyedRecord> keys,
            Optional<Bytes> next,
            Runnable whenEnded) {
        this.service = service;
        this.timeoutMillis = timeoutMillis;
        this.exchange = exchange;
        this.from = from;
        this.left = new ArrayDeque<>(keys);
        this.next = next;
        this.whenEnded = whenEnded;
    }

    void goOn() {
        while (failure.isEmpty() && underWay < MAX_UNDER_WAY && !left.isEmpty()) {
            underWay++;
            Command delete = new Command.Delete(left.removeFirst().key());
            service.write(WriteRequest.of(delete), timeoutMillis, exchange.guarded(outcome -> {
                underWay--;
                count(outcome);
                goOn();
            }));
        }
        if (!ended && underWay == 0) {
            ended = true;
            whenEnded.run();
            answer();
        }
    }

    private void count(Outcome outcome) {
        switch (outcome) {
            case Outcome.Applied applied -> deleted += applied.existed() ? 1 : 0;
            case Outcome.ConditionFailed _ -> throw new IllegalStateException("a condition where there is none");
            case Outcome.NotApplied(Problem problem, String detail) ->
                failure = failure.or(() -> Optional.of(Refusal.of(problem, detail)));
            case Outcome.Unknown(String detail, boolean _) -> {
                unknown++;
                failure = failure.or(() -> Optional.of(Refusal.of(Problem.DEADLINE, detail)));
            }
        }
    }

    private void answer() {
        if (failure.isPresent() && deleted == 0) {
            String outcome = unknown > 0 ? Problems.UNKNOWN : Problems.NOT_APPLIED;
            exchange.with(KvHeaders.OUTCOME, outcome).refuse(failure.get(), outcome, _ -> {});
            return;
        }
        Optional<Bytes> goOnAt = failure.isPresent() ? Optional.of(from) : next;
        exchange.json(200, JsonText.object(json -> {
            json.writeNumberProperty("deleted", deleted);
            json.writeNumberProperty("unknown", unknown);
            goOnAt.ifPresent(cursor -> json.writeStringProperty("cursor", Cursors.write(cursor)));
            failure.ifPresent(refusal -> json.writeStringProperty("detail", refusal.detail()));
        }));
    }
}
