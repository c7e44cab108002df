package io.quorate.core.wire;

import io.quorate.api.Bytes;
import io.quorate.api.ItemResult;
import io.quorate.api.Outcome;
import io.quorate.api.Record;
import io.quorate.api.WriteRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Version 1 of the form of what the commands of an atomic write came to: version, count, then flags, result and record of each. */
public final class ItemResultsV1 {
    static final int VERSION = 1;

    private static final int EXISTED = 1;
    private static final int HAS_RESULT = 1 << 1;
    private static final int HAS_RECORD = 1 << 2;

    private ItemResultsV1() {}

    /** What each command of an applied write came to, in their order. */
    public static List<ItemResult> of(WriteRequest request, Outcome.Applied applied) {
        return request.isAtomic()
                ? decode(applied.result().orElseThrow())
                : List.of(new ItemResult(applied.existed(), applied.result()));
    }

    /** The encoding of the results, in the order of their commands. */
    public static Bytes encode(List<ItemResult> results) {
        ByteWriter writer = new ByteWriter();
        writer.u8(VERSION);
        writer.count(results.size(), WriteRequest.MAX_COMMANDS);
        for (ItemResult each : results) {
            writer.u8((each.existed() ? EXISTED : 0)
                    | (each.result().isPresent() ? HAS_RESULT : 0)
                    | (each.found().isPresent() ? HAS_RECORD : 0));
            each.result().ifPresent(result -> writer.bytes(result, RememberedCodecV1.MAX_RESULT_BYTES));
            each.found().ifPresent(record -> RecordCodecV1.write(writer, record));
        }
        return writer.toBytes();
    }

    /** The results of which these bytes are the encoding. Throws {@link MalformedException}. */
    public static List<ItemResult> decode(Bytes encoded) {
        ByteReader reader = new ByteReader(encoded);
        reader.version("results of an atomic write", VERSION);
        int count = reader.count(WriteRequest.MAX_COMMANDS, 1);
        List<ItemResult> results = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int flags = reader.u8();
            if ((flags & ~(EXISTED | HAS_RESULT | HAS_RECORD)) != 0) {
                throw reader.unknown("flags of a result", flags);
            }
            Optional<Bytes> result = (flags & HAS_RESULT) == 0
                    ? Optional.empty()
                    : Optional.of(reader.bytes(RememberedCodecV1.MAX_RESULT_BYTES));
            Optional<Record> found =
                    (flags & HAS_RECORD) == 0 ? Optional.empty() : Optional.of(RecordCodecV1.read(reader));
            results.add(new ItemResult((flags & EXISTED) != 0, result, found));
        }
        reader.end();
        return results;
    }
}
