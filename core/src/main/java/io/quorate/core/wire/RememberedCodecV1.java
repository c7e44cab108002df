package io.quorate.core.wire;

import io.quorate.api.Bytes;
import io.quorate.api.Revision;
import io.quorate.core.log.Remembered;
import java.util.Optional;

/** Version 1 of the form of a remembered outcome: version, fingerprint (8 bytes), flags, revision, command, result. */
public final class RememberedCodecV1 {
    static final int VERSION = 1;

    /** The longest result that is kept, in bytes. */
    static final int MAX_RESULT_BYTES = WireLimits.MAX_VALUE_BYTES;

    private static final int APPLIED = 1;
    private static final int EXISTED = 1 << 1;
    private static final int HAS_RESULT = 1 << 2;
    private static final int NOT_AN_INTEGER = 1 << 3;
    private static final int HAS_ITEM = 1 << 4;

    private RememberedCodecV1() {}

    /** The outcome's encoding. */
    public static Bytes encode(Remembered outcome) {
        ByteWriter writer = new ByteWriter();
        writer.u8(VERSION);
        writer.fixed64(outcome.fingerprint());
        writer.u8(flag(outcome.end())
                | (outcome.existed() ? EXISTED : 0)
                | (outcome.result().isPresent() ? HAS_RESULT : 0)
                | (outcome.item() == 0 ? 0 : HAS_ITEM));
        OutcomeCodecV1.writeRevision(writer, outcome.revision());
        if (outcome.item() != 0) {
            writer.nonNegative(outcome.item());
        }
        outcome.result().ifPresent(result -> writer.bytes(result, MAX_RESULT_BYTES));
        return writer.toBytes();
    }

    /** The outcome of which these bytes are the encoding. Throws {@link MalformedException}. */
    public static Remembered decode(Bytes encoded) {
        ByteReader reader = new ByteReader(encoded);
        reader.version("a remembered outcome", VERSION);
        long fingerprint = reader.fixed64();
        int flags = reader.u8();
        if ((flags & ~(APPLIED | EXISTED | HAS_RESULT | NOT_AN_INTEGER | HAS_ITEM)) != 0) {
            throw reader.unknown("flags of a remembered outcome", flags);
        }
        Revision revision = OutcomeCodecV1.readRevision(reader);
        int item = (flags & HAS_ITEM) == 0 ? 0 : OutcomeCodecV1.readItem(reader);
        Optional<Bytes> result =
                (flags & HAS_RESULT) == 0 ? Optional.empty() : Optional.of(reader.bytes(MAX_RESULT_BYTES));
        reader.end();
        return new Remembered(fingerprint, end(flags), revision, item, (flags & EXISTED) != 0, result);
    }

    private static int flag(Remembered.End end) {
        return switch (end) {
            case APPLIED -> APPLIED;
            case CONDITION_FAILED -> 0;
            case NOT_AN_INTEGER -> NOT_AN_INTEGER;
        };
    }

    private static Remembered.End end(int flags) {
        if ((flags & APPLIED) != 0) {
            return Remembered.End.APPLIED;
        }
        return (flags & NOT_AN_INTEGER) == 0 ? Remembered.End.CONDITION_FAILED : Remembered.End.NOT_AN_INTEGER;
    }
}
