package io.quorate.cli.client;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Lifetime;
import io.quorate.api.Problem;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import io.quorate.client.AtomicResult;
import io.quorate.client.BatchItem;
import io.quorate.client.BatchItemResult;
import io.quorate.client.CountResult;
import io.quorate.client.ListOptions;
import io.quorate.client.Listing;
import io.quorate.client.QuorateClient;
import io.quorate.client.ReadOptions;
import io.quorate.client.ReadResult;
import io.quorate.client.Refusal;
import io.quorate.client.WriteOptions;
import io.quorate.client.WriteResult;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Reads, writes and lists keys for verbs, which end when that does not succeed. */
public final class KeyClient implements AutoCloseable {
    private final QuorateClient client;

    /** Takes the client over. */
    public KeyClient(QuorateClient client) {
        this.client = client;
    }

    /** What is found under the key. */
    public ReadResult.Found read(Bytes key, ReadOptions options) throws AnswerRefusedException {
        return found(key, client.get(key, options));
    }

    /** What was found, if it was. */
    public static ReadResult.Found found(Bytes key, ReadResult result) throws AnswerRefusedException {
        return switch (result) {
            case ReadResult.Found found -> found;
            case ReadResult.Missing _ ->
                throw AnswerRefusedException.notApplied(Problem.KEY_NOT_FOUND, "There is no key " + key + ".");
            case ReadResult.NotServed(Refusal why) -> throw AnswerRefusedException.notApplied(why);
        };
    }

    /** The keys of the whole cluster, fetched while somebody goes through them. */
    public Listing list(ListOptions options) {
        return client.list(options);
    }

    /** How many keys begin so. */
    public long count(Bytes prefix) throws AnswerRefusedException {
        return switch (client.count(prefix)) {
            case CountResult.Counted(long count) -> count;
            case CountResult.NotServed(Refusal why) -> throw AnswerRefusedException.notApplied(why);
        };
    }

    /** What became of several writes and reads, each for itself. */
    public List<BatchItemResult> batch(List<BatchItem> items, Optional<String> idempotencyKey)
            throws AnswerRefusedException {
        return orMistake(
                () -> idempotencyKey.isPresent() ? client.batch(items, idempotencyKey.get()) : client.batch(items));
    }

    /** Does several writes of one partition, all or none. */
    public AtomicResult.Applied atomicBatch(List<Command> commands, Optional<String> idempotencyKey)
            throws AnswerRefusedException {
        AtomicResult result = orMistake(() -> idempotencyKey.isPresent()
                ? client.atomicBatch(commands, idempotencyKey.get())
                : client.atomicBatch(commands));
        return switch (result) {
            case AtomicResult.Applied applied -> applied;
            case AtomicResult.ConditionFailed(int item, Revision _) ->
                throw AnswerRefusedException.notApplied(
                        Problem.CONDITION_FAILED,
                        "The condition of item " + item + " did not hold; nothing was written.");
            case AtomicResult.NotApplied(Refusal why) -> throw AnswerRefusedException.notApplied(why);
            case AtomicResult.Unknown(String _, String detail) -> throw AnswerRefusedException.undecided(detail);
        };
    }

    /** Stores a value. */
    public WriteResult.Applied put(Bytes key, Value value, Lifetime lifetime, Terms terms)
            throws AnswerRefusedException {
        return write(new Command.Put(key, value, terms.condition(), lifetime), terms.options());
    }

    /** Removes the key. */
    public WriteResult.Applied delete(Bytes key, Terms terms) throws AnswerRefusedException {
        return write(new Command.Delete(key, terms.condition()), terms.options());
    }

    /** Adds to the number under the key. */
    public WriteResult.Applied add(Bytes key, long amount, Terms terms) throws AnswerRefusedException {
        return write(new Command.Add(key, amount, terms.condition()), terms.options());
    }

    /** Gives the key another lifetime. */
    public WriteResult.Applied expire(Bytes key, Lifetime lifetime, Terms terms) throws AnswerRefusedException {
        return write(new Command.Retime(key, lifetime, terms.condition()), terms.options());
    }

    /** A verb writes once: a session for that would be one more round trip. */
    private WriteResult.Applied write(Command command, WriteOptions options) throws AnswerRefusedException {
        WriteOptions named = options.idempotencyKey().isPresent()
                ? options
                : options.named(UUID.randomUUID().toString());
        return onEnough(applied(orMistake(() -> client.write(command, named))), options.acks());
    }

    private static WriteResult.Applied onEnough(WriteResult.Applied applied, int wantedAcks)
            throws AnswerRefusedException {
        Optional<WriteResult.Copies> few =
                applied.copies().filter(copies -> copies.acks() < Math.min(wantedAcks, copies.replicas()));
        if (few.isPresent()) {
            throw AnswerRefusedException.tooFewAcks(
                    "Written as revision %s and on %d of %d replicas; that more have it was not confirmed in time. Do not send it again."
                            .formatted(
                                    applied.revision(),
                                    few.get().acks(),
                                    few.get().replicas()));
        }
        return applied;
    }

    /** What was applied, if it was. */
    public static WriteResult.Applied applied(WriteResult result) throws AnswerRefusedException {
        return switch (result) {
            case WriteResult.Applied applied -> applied;
            case WriteResult.ConditionFailed(Revision _) ->
                throw AnswerRefusedException.notApplied(
                        Problem.CONDITION_FAILED, "The condition did not hold; nothing was written.");
            case WriteResult.NotApplied(Refusal why) -> throw AnswerRefusedException.notApplied(why);
            case WriteResult.Unknown(String _, String detail) -> throw AnswerRefusedException.undecided(detail);
        };
    }

    private static <T> T orMistake(Supplier<T> call) throws AnswerRefusedException {
        try {
            return call.get();
        } catch (IllegalArgumentException mistake) {
            throw AnswerRefusedException.notApplied(Problem.BAD_REQUEST, String.valueOf(mistake.getMessage()));
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
