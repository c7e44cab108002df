package io.quorate.simulation.history;

import io.quorate.api.Revision;
import io.quorate.simulation.history.FlatJson.Fields;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The text form of a history: one JSON object per line for each operation, in version 1.
 *
 * <p>A line has {@code v}, {@code id}, {@code client}, {@code key}, {@code call}, {@code start}, {@code end} unless it
 * was never answered, and {@code result}. The call brings {@code value}, {@code expected}, {@code amount}; the result
 * brings {@code found}, {@code revision}, {@code existed}, {@code total}, {@code current}, as far as they are known.
 * Empty lines are skipped; what has another form is refused.
 */
public final class HistoryLines {
    /** The version that is written, and the only one that is read. */
    public static final long VERSION = 1;

    /** A longer line is refused. */
    public static final int MAX_LINE_CHARS = 4 << 20;

    private HistoryLines() {}

    /** The line of an operation, without a line end. */
    public static String line(Operation operation) {
        Map<String, Object> fields = new TreeMap<>();
        fields.put("v", VERSION);
        fields.put("id", operation.id());
        fields.put("client", operation.client());
        fields.put("key", operation.key());
        fields.put("start", operation.startNanos());
        if (operation.endNanos() != Operation.NEVER) {
            fields.put("end", operation.endNanos());
        }
        putCall(fields, operation.call());
        putResult(fields, operation.result());
        return FlatJson.write(fields);
    }

    /** Appends a line for each operation. */
    public static void write(History history, Appendable target) throws IOException {
        for (Operation operation : history.operations()) {
            target.append(line(operation)).append('\n');
        }
    }

    /**
     * Reads lines to the end; does not close the reader.
     *
     * @throws MalformedHistory when a line has another form, with its number
     */
    public static History read(Reader reader) throws IOException {
        List<Operation> operations = new ArrayList<>();
        BufferedReader lines = new BufferedReader(reader);
        long number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (!line.isBlank()) {
                if (operations.size() >= History.MAX_OPERATIONS) {
                    throw new MalformedHistory(
                            "line %d: more than %d operations".formatted(number, History.MAX_OPERATIONS));
                }
                operations.add(operation(line, number));
            }
        }
        try {
            return new History(operations);
        } catch (IllegalArgumentException wrong) {
            throw new MalformedHistory(wrong);
        }
    }

    private static Operation operation(String line, long number) {
        try {
            if (line.length() > MAX_LINE_CHARS) {
                throw new IllegalArgumentException("longer than %d characters".formatted(MAX_LINE_CHARS));
            }
            Fields fields = FlatJson.read(line);
            long version = fields.number("v");
            if (version != VERSION) {
                throw new IllegalArgumentException("version %d; only %d is known".formatted(version, VERSION));
            }
            Operation operation = new Operation(
                    fields.number("id"),
                    fields.text("client"),
                    fields.text("key"),
                    call(fields),
                    fields.number("start"),
                    fields.numberIfAny("end").orElse(Operation.NEVER),
                    result(fields));
            fields.nothingElse();
            return operation;
        } catch (IllegalArgumentException wrong) {
            throw new MalformedHistory(number, wrong);
        }
    }

    private static void putCall(Map<String, Object> fields, Call call) {
        switch (call) {
            case Call.Read _ -> fields.put("call", "read");
            case Call.Delete _ -> fields.put("call", "delete");
            case Call.Put(String value) -> {
                fields.put("call", "put");
                fields.put("value", value);
            }
            case Call.PutIf(Version expected, String value) -> {
                fields.put("call", "putIf");
                fields.put("expected", expected.toString());
                fields.put("value", value);
            }
            case Call.DeleteIf(Version expected) -> {
                fields.put("call", "deleteIf");
                fields.put("expected", expected.toString());
            }
            case Call.Add(long amount) -> {
                fields.put("call", "add");
                fields.put("amount", amount);
            }
        }
    }

    private static Call call(Fields fields) {
        String call = fields.text("call");
        return switch (call) {
            case "read" -> new Call.Read();
            case "delete" -> new Call.Delete();
            case "put" -> new Call.Put(fields.text("value"));
            case "putIf" -> new Call.PutIf(version(fields.text("expected")), fields.text("value"));
            case "deleteIf" -> new Call.DeleteIf(version(fields.text("expected")));
            case "add" -> new Call.Add(fields.number("amount"));
            default -> throw new IllegalArgumentException("unknown call '" + call + "'");
        };
    }

    private static void putResult(Map<String, Object> fields, Result result) {
        switch (result) {
            case Result.ReadValue read -> {
                fields.put("result", "read");
                read.value().ifPresent(value -> fields.put("found", value));
                read.revision().ifPresent(revision -> fields.put("revision", revision.toString()));
            }
            case Result.Applied applied -> {
                fields.put("result", "applied");
                applied.revision().ifPresent(revision -> fields.put("revision", revision.toString()));
                applied.existed().ifPresent(existed -> fields.put("existed", existed));
                applied.total().ifPresent(total -> fields.put("total", total));
            }
            case Result.ConditionFailed(Version current) -> {
                fields.put("result", "conditionFailed");
                fields.put("current", current.toString());
            }
            case Result.NotApplied _ -> fields.put("result", "notApplied");
            case Result.Unknown _ -> fields.put("result", "unknown");
        }
    }

    private static Result result(Fields fields) {
        String result = fields.text("result");
        return switch (result) {
            case "read" ->
                new Result.ReadValue(
                        fields.textIfAny("found"), fields.textIfAny("revision").map(HistoryLines::revision));
            case "applied" ->
                new Result.Applied(
                        fields.textIfAny("revision").map(HistoryLines::revision),
                        fields.flagIfAny("existed"),
                        fields.numberIfAny("total"));
            case "conditionFailed" -> new Result.ConditionFailed(version(fields.text("current")));
            case "notApplied" -> new Result.NotApplied();
            case "unknown" -> new Result.Unknown();
            default -> throw new IllegalArgumentException("unknown result '" + result + "'");
        };
    }

    private static Version version(String text) {
        return text.equals("absent") ? new Version.Absent() : new Version.At(revision(text));
    }

    private static Revision revision(String text) {
        return Revision.parse(text)
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is no revision <term>-<index>"));
    }
}
