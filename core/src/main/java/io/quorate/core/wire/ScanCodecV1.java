package io.quorate.core.wire;

import io.quorate.api.Bytes;
import io.quorate.api.KeyedRecord;
import io.quorate.api.Limits;
import io.quorate.api.ReadOutcome;
import io.quorate.api.ScanDetail;
import io.quorate.api.ScanOutcome;
import io.quorate.api.ScanRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The form of scans and of what became of them. */
final class ScanCodecV1 {
    private static final int COUNT = 1;
    private static final int KEYS = 2;
    private static final int VALUES = 3;

    private static final int PAGE = 1;
    private static final int NOT_SERVED = 2;

    private static final int MAX_FROM_BYTES = Limits.MAX_KEY_BYTES + 1;
    private static final int MIN_RECORD_BYTES = KeyCodecV1.MIN_BYTES + 3 + RecordCodecV1.MIN_BODY_BYTES;

    private ScanCodecV1() {}

    /** The partition is written by the caller. */
    static void writeRequest(ByteWriter writer, ScanRequest request) {
        writer.bytes(request.prefix(), Limits.MAX_KEY_BYTES);
        writer.bytes(request.from(), MAX_FROM_BYTES);
        writer.nonNegative(request.limit());
        writer.nonNegative(request.maxBytes());
        writer.u8(
                switch (request.detail()) {
                    case COUNT -> COUNT;
                    case KEYS -> KEYS;
                    case VALUES -> VALUES;
                });
    }

    static ScanRequest readRequest(ByteReader reader, int partition) {
        Bytes prefix = reader.bytes(Limits.MAX_KEY_BYTES);
        Bytes from = reader.bytes(MAX_FROM_BYTES);
        int limit = bounded(reader, ScanRequest.MAX_LIMIT);
        int maxBytes = bounded(reader, ScanRequest.MAX_BYTES);
        int detail = reader.u8();
        return new ScanRequest(
                partition,
                prefix,
                from,
                limit,
                maxBytes,
                switch (detail) {
                    case COUNT -> ScanDetail.COUNT;
                    case KEYS -> ScanDetail.KEYS;
                    case VALUES -> ScanDetail.VALUES;
                    default -> throw reader.unknown("detail of a scan", detail);
                });
    }

    private static int bounded(ByteReader reader, int max) {
        int number = reader.nonNegativeInt();
        if (number < 1 || number > max) {
            throw reader.malformed("a limit of " + number + " where 1 to " + max + " are allowed");
        }
        return number;
    }

    static void writeOutcome(ByteWriter writer, ScanOutcome outcome) {
        switch (outcome) {
            case ScanOutcome.Page page -> {
                writer.u8(PAGE);
                writer.nonNegative(page.records().size());
                for (KeyedRecord each : page.records()) {
                    KeyCodecV1.write(writer, each.key());
                    RecordCodecV1.write(writer, each.record());
                }
                writer.nonNegative(page.count());
                writer.flag(page.next().isPresent());
                page.next().ifPresent(next -> writer.bytes(next, MAX_FROM_BYTES));
                ReadOutcomeCodecV1.writeServed(writer, page.served());
            }
            case ScanOutcome.NotServed notServed -> {
                writer.u8(NOT_SERVED);
                OutcomeCodecV1.writeProblem(writer, notServed.problem());
                writer.text(notServed.detail(), WireLimits.MAX_SENTENCE_BYTES);
            }
        }
    }

    static ScanOutcome readOutcome(ByteReader reader) {
        int kind = reader.u8();
        return switch (kind) {
            case PAGE -> readPage(reader);
            case NOT_SERVED -> {
                var problem = OutcomeCodecV1.readProblem(reader);
                yield new ScanOutcome.NotServed(problem, reader.text(WireLimits.MAX_SENTENCE_BYTES));
            }
            default -> throw reader.unknown("kind of scan outcome", kind);
        };
    }

    private static ScanOutcome readPage(ByteReader reader) {
        int size = reader.count(ScanRequest.MAX_LIMIT, MIN_RECORD_BYTES);
        List<KeyedRecord> records = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            Bytes key = KeyCodecV1.read(reader);
            records.add(new KeyedRecord(key, RecordCodecV1.read(reader)));
        }
        int count = reader.nonNegativeInt();
        Optional<Bytes> next = reader.flag() ? Optional.of(reader.bytes(MAX_FROM_BYTES)) : Optional.empty();
        ReadOutcome.Served served = ReadOutcomeCodecV1.readServed(reader);
        return new ScanOutcome.Page(records, count, next, served);
    }
}
