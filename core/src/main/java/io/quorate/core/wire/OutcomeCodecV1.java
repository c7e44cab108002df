package io.quorate.core.wire;

import io.quorate.api.Bytes;
import io.quorate.api.Outcome;
import io.quorate.api.Problem;
import io.quorate.api.Revision;
import io.quorate.api.WriteRequest;
import java.util.Optional;

/** The form of what became of a write; a problem is written as its type, which is stable. */
final class OutcomeCodecV1 {
    private static final int APPLIED = 1;
    private static final int CONDITION_FAILED = 2;
    private static final int NOT_APPLIED = 3;
    private static final int UNKNOWN = 4;
    private static final int ITEM_FAILED = 5;
    private static final int EXPLAINED = 6;
    private static final int FORGOTTEN = 7;

    private OutcomeCodecV1() {}

    static void write(ByteWriter writer, Outcome outcome) {
        switch (outcome) {
            case Outcome.Applied applied -> {
                writer.u8(applied.explanation().isPresent() ? EXPLAINED : APPLIED);
                writeRevision(writer, applied.revision());
                writer.flag(applied.existed());
                writer.nonNegative(applied.acks());
                writer.nonNegative(applied.replicas());
                writer.nonNegative(applied.quorum());
                writer.flag(applied.result().isPresent());
                applied.result().ifPresent(result -> writer.bytes(result, RememberedCodecV1.MAX_RESULT_BYTES));
                applied.explanation().ifPresent(how -> ExplanationCodecV1.write(writer, how));
            }
            case Outcome.ConditionFailed failed -> {
                writer.u8(failed.item() == 0 ? CONDITION_FAILED : ITEM_FAILED);
                writeRevision(writer, failed.current());
                if (failed.item() != 0) {
                    writer.nonNegative(failed.item());
                }
            }
            case Outcome.NotApplied notApplied -> {
                writer.u8(NOT_APPLIED);
                writeProblem(writer, notApplied.problem());
                writer.text(notApplied.detail(), WireLimits.MAX_SENTENCE_BYTES);
            }
            case Outcome.Unknown unknown -> {
                writer.u8(unknown.forgotten() ? FORGOTTEN : UNKNOWN);
                writer.text(unknown.detail(), WireLimits.MAX_SENTENCE_BYTES);
            }
        }
    }

    static Outcome read(ByteReader reader) {
        int kind = reader.u8();
        return switch (kind) {
            case APPLIED -> readApplied(reader);
            case EXPLAINED -> readApplied(reader).with(ExplanationCodecV1.read(reader));
            case CONDITION_FAILED -> new Outcome.ConditionFailed(readRevision(reader));
            case ITEM_FAILED -> new Outcome.ConditionFailed(readRevision(reader), readItem(reader));
            case NOT_APPLIED -> new Outcome.NotApplied(readProblem(reader), reader.text(WireLimits.MAX_SENTENCE_BYTES));
            case UNKNOWN -> new Outcome.Unknown(reader.text(WireLimits.MAX_SENTENCE_BYTES));
            case FORGOTTEN -> new Outcome.Unknown(reader.text(WireLimits.MAX_SENTENCE_BYTES), true);
            default -> throw reader.unknown("kind of outcome", kind);
        };
    }

    static void writeRevision(ByteWriter writer, Revision revision) {
        writer.nonNegative(revision.term());
        writer.nonNegative(revision.index());
    }

    static Revision readRevision(ByteReader reader) {
        return new Revision(reader.nonNegative(), reader.nonNegative());
    }

    static void writeProblem(ByteWriter writer, Problem problem) {
        writer.text(problem.type(), WireLimits.MAX_NAME_BYTES);
    }

    static Problem readProblem(ByteReader reader) {
        String type = reader.text(WireLimits.MAX_NAME_BYTES);
        for (Problem problem : Problem.values()) {
            if (problem.type().equals(type)) {
                return problem;
            }
        }
        throw reader.malformed("the unknown problem " + type);
    }

    /** Which of several commands, but the first. */
    static int readItem(ByteReader reader) {
        int item = reader.nonNegativeInt();
        if (item < 1 || item >= WriteRequest.MAX_COMMANDS) {
            throw reader.malformed("a command number " + item);
        }
        return item;
    }

    private static Outcome.Applied readApplied(ByteReader reader) {
        Revision revision = readRevision(reader);
        boolean existed = reader.flag();
        int acks = reader.nonNegativeInt();
        int replicas = reader.nonNegativeInt();
        int quorum = reader.nonNegativeInt();
        Optional<Bytes> result =
                reader.flag() ? Optional.of(reader.bytes(RememberedCodecV1.MAX_RESULT_BYTES)) : Optional.empty();
        return new Outcome.Applied(revision, existed, acks, replicas, quorum, result);
    }
}
