package io.quorate.core.wire;

import io.quorate.api.Consistency;
import io.quorate.api.Problem;
import io.quorate.api.ReadOutcome;
import io.quorate.api.Record;

/** The form of what became of a read. */
final class ReadOutcomeCodecV1 {
    private static final int FOUND = 1;
    private static final int MISSING = 2;
    private static final int NOT_SERVED = 3;

    private static final int LINEARIZABLE = 1;
    private static final int LOCAL = 2;
    private static final int BOUNDED = 3;

    private ReadOutcomeCodecV1() {}

    static void write(ByteWriter writer, ReadOutcome outcome) {
        switch (outcome) {
            case ReadOutcome.Found found -> {
                writer.u8(FOUND);
                RecordCodecV1.write(writer, found.record());
                writeServed(writer, found.served());
            }
            case ReadOutcome.Missing missing -> {
                writer.u8(MISSING);
                writeServed(writer, missing.served());
            }
            case ReadOutcome.NotServed notServed -> {
                writer.u8(NOT_SERVED);
                OutcomeCodecV1.writeProblem(writer, notServed.problem());
                writer.text(notServed.detail(), WireLimits.MAX_SENTENCE_BYTES);
            }
        }
    }

    static ReadOutcome read(ByteReader reader) {
        int kind = reader.u8();
        return switch (kind) {
            case FOUND -> readFound(reader);
            case MISSING -> new ReadOutcome.Missing(readServed(reader));
            case NOT_SERVED -> readNotServed(reader);
            default -> throw reader.unknown("kind of read outcome", kind);
        };
    }

    private static ReadOutcome readFound(ByteReader reader) {
        Record record = RecordCodecV1.read(reader);
        return new ReadOutcome.Found(record, readServed(reader));
    }

    private static ReadOutcome readNotServed(ByteReader reader) {
        Problem problem = OutcomeCodecV1.readProblem(reader);
        return new ReadOutcome.NotServed(problem, reader.text(WireLimits.MAX_SENTENCE_BYTES));
    }

    static void writeServed(ByteWriter writer, ReadOutcome.Served served) {
        writer.text(served.worker(), WireLimits.MAX_NAME_BYTES);
        writer.text(served.role(), WireLimits.MAX_NAME_BYTES);
        writer.u8(
                switch (served.consistency()) {
                    case LINEARIZABLE -> LINEARIZABLE;
                    case LOCAL -> LOCAL;
                    case BOUNDED -> BOUNDED;
                });
        OutcomeCodecV1.writeRevision(writer, served.applied());
    }

    static ReadOutcome.Served readServed(ByteReader reader) {
        String worker = reader.text(WireLimits.MAX_NAME_BYTES);
        String role = reader.text(WireLimits.MAX_NAME_BYTES);
        Consistency consistency = readConsistency(reader);
        return new ReadOutcome.Served(worker, role, consistency, OutcomeCodecV1.readRevision(reader));
    }

    private static Consistency readConsistency(ByteReader reader) {
        int code = reader.u8();
        return switch (code) {
            case LINEARIZABLE -> Consistency.LINEARIZABLE;
            case LOCAL -> Consistency.LOCAL;
            case BOUNDED -> Consistency.BOUNDED;
            default -> throw reader.unknown("consistency", code);
        };
    }
}
