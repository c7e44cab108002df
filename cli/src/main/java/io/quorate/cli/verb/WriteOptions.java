package io.quorate.cli.verb;

import io.quorate.api.Condition;
import io.quorate.api.Lifetime;
import io.quorate.api.LifetimeText;
import io.quorate.api.Problem;
import io.quorate.api.Revision;
import io.quorate.api.WriteRequest;
import io.quorate.cli.client.AnswerRefusedException;
import io.quorate.cli.client.Terms;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What every write can be told. */
final class WriteOptions {
    @Option(
            names = "--idempotency-key",
            paramLabel = "TEXT",
            description = "Names the write: a repetition with the same text gets the outcome of the first and does"
                    + " nothing more. Default: a name of its own, so that the write may be sent to another worker"
                    + " when one is lost.")
    private @Nullable String idempotencyKey;

    @Option(
            names = {"-w", "--acks"},
            paramLabel = "N|all",
            description = "How many replicas are to have it on disk before the command ends; it may only raise the"
                    + " cluster's WRITE_QUORUM. Default: WRITE_QUORUM.")
    private @Nullable String acks;

    @Option(names = "--explain", description = "Shows how it went: who led, and what each replica did when.")
    private boolean explain;

    @ArgGroup
    private @Nullable Wanted wanted;

    /** At most one of these. */
    static final class Wanted {
        @Option(
                names = "--if-match",
                paramLabel = "REVISION",
                description = "Only if the key has this revision, as 'put' and 'get -o json' print it.")
        private @Nullable String revision;

        @Option(names = "--if-exists", description = "Only if the key exists.")
        private boolean exists;

        @Option(names = "--if-absent", description = "Only if the key does not exist.")
        private boolean absent;

        /** What is no revision is one that no key has. */
        private Condition condition() {
            if (revision != null) {
                return new Condition.AnyOf(
                        Revision.parse(revision.replace("\"", "")).stream().toList());
            }
            if (exists) {
                return new Condition.Exists();
            }
            return absent ? new Condition.Absent() : Condition.ALWAYS;
        }
    }

    Terms terms() throws AnswerRefusedException {
        return new Terms(
                wanted == null ? Condition.ALWAYS : wanted.condition(),
                new io.quorate.client.WriteOptions(Optional.ofNullable(idempotencyKey), acks(), explain));
    }

    private int acks() throws AnswerRefusedException {
        if (acks == null) {
            return WriteRequest.AS_THE_CLUSTER;
        }
        if (acks.equals("all")) {
            return WriteRequest.ALL;
        }
        if (!acks.matches("[1-9]\\d?")) {
            throw AnswerRefusedException.notApplied(
                    Problem.BAD_REQUEST, "--acks is a number of replicas from 1 to 99, or all; not '" + acks + "'.");
        }
        return Integer.parseInt(acks);
    }

    /** The lifetime that the text says. */
    static Lifetime lifetime(String text) throws AnswerRefusedException {
        Optional<Lifetime> lifetime = LifetimeText.parse(text);
        if (lifetime.isEmpty()) {
            throw AnswerRefusedException.notApplied(
                    Problem.BAD_REQUEST,
                    "A time to live is a whole number with ms, s, m, h or d, from 1ms to 36525d, or none; not '" + text
                            + "'. A bare number is in seconds.");
        }
        return lifetime.get();
    }
}
