package io.quorate.core.wire;

import io.quorate.api.Bytes;
import io.quorate.api.KeyChange;
import io.quorate.api.Limits;
import io.quorate.api.Problem;
import io.quorate.api.Revision;
import io.quorate.api.WatchOutcome;
import io.quorate.api.WatchRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The form of watches and of what became of them. */
final class WatchCodecV1 {
    private static final int CHANGES = 1;
    private static final int NOT_SERVED = 2;

    private static final int PUT = 1;
    private static final int DELETED = 2;
    private static final int EXPIRED = 3;

    /** More than an entry can have, and an answer has no more than one entry over its limit of bytes. */
    private static final int MAX_CHANGES = 1 << 20;

    private static final int MIN_CHANGE_BYTES = KeyCodecV1.MIN_BYTES + 5;

    private WatchCodecV1() {}

    /** The partition is written by the caller. */
    static void writeRequest(ByteWriter writer, WatchRequest request) {
        writer.bytes(request.prefix(), Limits.MAX_KEY_BYTES);
        writer.flag(request.after().isPresent());
        request.after().ifPresent(after -> OutcomeCodecV1.writeRevision(writer, after));
        writer.nonNegative(request.items());
        writer.nonNegative(request.maxBytes());
        writer.nonNegative(request.waitMillis());
    }

    static WatchRequest readRequest(ByteReader reader, int partition) {
        Bytes prefix = reader.bytes(Limits.MAX_KEY_BYTES);
        Optional<Revision> after = reader.flag() ? Optional.of(readRevision(reader)) : Optional.empty();
        int items = reader.nonNegativeInt();
        int maxBytes = reader.nonNegativeInt();
        int waitMillis = reader.nonNegativeInt();
        try {
            return new WatchRequest(partition, prefix, after, items, maxBytes, waitMillis);
        } catch (IllegalArgumentException outOfBounds) {
            throw reader.malformed(String.valueOf(outOfBounds.getMessage()));
        }
    }

    static void writeOutcome(ByteWriter writer, WatchOutcome outcome) {
        switch (outcome) {
            case WatchOutcome.Changes page -> {
                writer.u8(CHANGES);
                writer.nonNegative(page.changes().size());
                page.changes().forEach(change -> writeChange(writer, change));
                OutcomeCodecV1.writeRevision(writer, page.upTo());
                writer.text(page.worker(), WireLimits.MAX_NAME_BYTES);
            }
            case WatchOutcome.NotServed notServed -> {
                writer.u8(NOT_SERVED);
                OutcomeCodecV1.writeProblem(writer, notServed.problem());
                writer.text(notServed.detail(), WireLimits.MAX_SENTENCE_BYTES);
            }
        }
    }

    static WatchOutcome readOutcome(ByteReader reader) {
        int kind = reader.u8();
        return switch (kind) {
            case CHANGES -> readChanges(reader);
            case NOT_SERVED -> {
                Problem problem = OutcomeCodecV1.readProblem(reader);
                yield new WatchOutcome.NotServed(problem, reader.text(WireLimits.MAX_SENTENCE_BYTES));
            }
            default -> throw reader.unknown("kind of watch outcome", kind);
        };
    }

    private static WatchOutcome readChanges(ByteReader reader) {
        int size = reader.count(MAX_CHANGES, MIN_CHANGE_BYTES);
        List<KeyChange> changes = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            changes.add(readChange(reader));
        }
        Revision upTo = readRevision(reader);
        return new WatchOutcome.Changes(changes, upTo, reader.text(WireLimits.MAX_NAME_BYTES));
    }

    private static void writeChange(ByteWriter writer, KeyChange change) {
        writer.u8(
                switch (change) {
                    case KeyChange.Put _ -> PUT;
                    case KeyChange.Deleted _ -> DELETED;
                    case KeyChange.Expired _ -> EXPIRED;
                });
        KeyCodecV1.write(writer, change.key());
        writer.nonNegative(change.item());
        writer.zigzag(change.logTimeMillis());
        if (change instanceof KeyChange.Put put) {
            RecordCodecV1.write(writer, put.record());
        } else {
            OutcomeCodecV1.writeRevision(writer, change.revision());
        }
    }

    private static KeyChange readChange(ByteReader reader) {
        int kind = reader.u8();
        Bytes key = KeyCodecV1.read(reader);
        int item = reader.nonNegativeInt();
        long logTimeMillis = reader.zigzag();
        return switch (kind) {
            case PUT -> new KeyChange.Put(key, RecordCodecV1.read(reader), item, logTimeMillis);
            case DELETED -> new KeyChange.Deleted(key, readRevision(reader), item, logTimeMillis);
            case EXPIRED -> new KeyChange.Expired(key, readRevision(reader), item, logTimeMillis);
            default -> throw reader.unknown("kind of change", kind);
        };
    }

    private static Revision readRevision(ByteReader reader) {
        return OutcomeCodecV1.readRevision(reader);
    }
}
