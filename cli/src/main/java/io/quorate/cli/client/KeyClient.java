package io.quorate.cli.client;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Consistency;
import io.quorate.api.Lifetime;
import io.quorate.api.Problem;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import io.quorate.client.QuorateClient;
import io.quorate.client.ReadResult;
import io.quorate.client.Refusal;
import io.quorate.client.WriteResult;
import java.util.Optional;
import java.util.UUID;

/** Reads and writes keys for verbs, which end when that does not succeed. */
public final class KeyClient implements AutoCloseable {
    private final QuorateClient client;

    /** Takes the client over. */
    public KeyClient(QuorateClient client) {
        this.client = client;
    }

    /** What is found under the key. */
    public ReadResult.Found read(Bytes key, Consistency consistency) throws AnswerRefusedException {
        return switch (client.get(key, consistency)) {
            case ReadResult.Found found -> found;
            case ReadResult.Missing _ ->
                throw AnswerRefusedException.notApplied(Problem.KEY_NOT_FOUND, "There is no key " + key + ".");
            case ReadResult.NotServed(Refusal why) -> throw AnswerRefusedException.notApplied(why);
        };
    }

    /** Stores a value. */
    public WriteResult.Applied put(Bytes key, Value value, Lifetime lifetime, Terms terms)
            throws AnswerRefusedException {
        return write(new Command.Put(key, value, terms.condition(), lifetime), terms.idempotencyKey());
    }

    /** Removes the key. */
    public WriteResult.Applied delete(Bytes key, Terms terms) throws AnswerRefusedException {
        return write(new Command.Delete(key, terms.condition()), terms.idempotencyKey());
    }

    /** Adds to the number under the key. */
    public WriteResult.Applied add(Bytes key, long amount, Terms terms) throws AnswerRefusedException {
        return write(new Command.Add(key, amount, terms.condition()), terms.idempotencyKey());
    }

    /** Gives the key another lifetime. */
    public WriteResult.Applied expire(Bytes key, Lifetime lifetime, Terms terms) throws AnswerRefusedException {
        return write(new Command.Retime(key, lifetime, terms.condition()), terms.idempotencyKey());
    }

    private WriteResult.Applied write(Command command, Optional<String> idempotencyKey) throws AnswerRefusedException {
        return switch (result(command, idempotencyKey)) {
            case WriteResult.Applied applied -> applied;
            case WriteResult.ConditionFailed(Revision _) ->
                throw AnswerRefusedException.notApplied(
                        Problem.CONDITION_FAILED, "The condition did not hold; nothing was written.");
            case WriteResult.NotApplied(Refusal why) -> throw AnswerRefusedException.notApplied(why);
            case WriteResult.Unknown(String _, String detail) -> throw AnswerRefusedException.undecided(detail);
        };
    }

    /** A verb writes once: a session for that would be one more round trip. */
    private WriteResult result(Command command, Optional<String> idempotencyKey) throws AnswerRefusedException {
        try {
            return client.write(
                    command, idempotencyKey.orElseGet(() -> UUID.randomUUID().toString()));
        } catch (IllegalArgumentException mistake) {
            throw AnswerRefusedException.notApplied(Problem.BAD_REQUEST, String.valueOf(mistake.getMessage()));
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
