package io.quorate.cli.verb;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.cli.client.AnswerRefusedException;
import io.quorate.cli.client.KeyClient;
import io.quorate.client.AtomicResult;
import io.quorate.client.BatchItem;
import io.quorate.client.BatchItemResult;
import io.quorate.client.ReadResult;
import io.quorate.client.WriteResult;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What became of an item of a batch, as a line.
 *
 * @param text for people: what was to be done, the key, what became of it, a number, value or reason, the revision
 * @param json for programs
 * @param failure why it was not done
 */
record ItemLine(String text, Map<String, Object> json, Optional<AnswerRefusedException> failure) {
    static ItemLine of(BatchItem item, BatchItemResult result) {
        try {
            return switch (result) {
                case WriteResult write -> applied(item, KeyClient.applied(write));
                case ReadResult read -> found(item, KeyClient.found(item.key(), read));
            };
        } catch (AnswerRefusedException refused) {
            return refused(item, refused);
        }
    }

    /** Of a batch that is atomic. */
    static ItemLine of(Command command, AtomicResult.Applied applied, int number) {
        AtomicResult.Done done = applied.items().get(number);
        if (command instanceof Command.Get) {
            BatchItem read = new BatchItem.Read(command.key());
            return done.found().map(found -> found(read, found)).orElseGet(() -> missing(read));
        }
        return applied(
                new BatchItem.Write(command),
                new WriteResult.Applied(applied.revision(), done.existed(), done.sum(), applied.copies()));
    }

    private static ItemLine applied(BatchItem item, WriteResult.Applied applied) {
        OptionalLong sum = applied.sum();
        Map<String, Object> json = json(item.key());
        json.put("outcome", "applied");
        json.put("revision", applied.revision().toString());
        json.put("existed", applied.existed());
        sum.ifPresent(number -> json.put("value", Long.toString(number)));
        String number = sum.isPresent() ? Long.toString(sum.getAsLong()) : "";
        return new ItemLine(columns(item, "applied", number, applied.revision().toString()), json, Optional.empty());
    }

    private static ItemLine found(BatchItem item, ReadResult.Found found) {
        Map<String, Object> json = json(item.key());
        KeyText.putValue(json, found.value());
        json.put("revision", found.revision().toString());
        found.timeToLive().ifPresent(left -> json.put("expiresMillis", System.currentTimeMillis() + left.toMillis()));
        String value = KeyText.shown(found.value().bytes(), KeyText.MAX_VALUE_CHARS);
        return new ItemLine(columns(item, "found", value, found.revision().toString()), json, Optional.empty());
    }

    /** It is no failure of a batch that was done. */
    private static ItemLine missing(BatchItem item) {
        Map<String, Object> json = json(item.key());
        json.put("existed", false);
        return new ItemLine(columns(item, "missing", "", ""), json, Optional.empty());
    }

    private static ItemLine refused(BatchItem item, AnswerRefusedException refused) {
        Map<String, Object> json = json(item.key());
        json.putAll(refused.json());
        String outcome =
                refused.isUnknown() ? "unknown" : String.valueOf(refused.json().get("error"));
        return new ItemLine(
                columns(item, outcome, String.valueOf(refused.getMessage()), ""), json, Optional.of(refused));
    }

    private static Map<String, Object> json(Bytes key) {
        Map<String, Object> json = new LinkedHashMap<>();
        KeyText.putBytes(json, "key", key);
        return json;
    }

    private static String columns(BatchItem item, String outcome, String more, String revision) {
        return String.join("\t", item.op(), KeyText.onOneLine(item.key()), outcome, more, revision);
    }
}
