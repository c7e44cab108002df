package io.quorate.cli.transfer;

import io.quorate.api.KeyedRecord;
import io.quorate.api.Lifetime;
import io.quorate.api.Record;
import io.quorate.cli.ExitCode;
import io.quorate.cli.client.AnswerRefusedException;
import io.quorate.cli.client.Http;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes records of different keys by batches that are not atomic, and sends again what failed for a reason that passes:
 * to put the same value twice does no harm.
 */
final class BatchWrites {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int CONDITION_FAILED = 412;

    private final ImportRun.Door door;
    private final Patience patience;
    private final LongSupplier clockMillis;
    private final boolean onlyAbsent;

    /**
     * @param onlyAbsent whether only keys that do not exist are to be written
     */
    BatchWrites(ImportRun.Door door, Patience patience, LongSupplier clockMillis, boolean onlyAbsent) {
        this.door = door;
        this.patience = patience;
        this.clockMillis = clockMillis;
        this.onlyAbsent = onlyAbsent;
    }

    /** What became of each, in their order. */
    List<Fate> write(List<KeyedRecord> records) {
        List<Fate> fates = new ArrayList<>(once(records));
        for (int attempt = 1; attempt < patience.attempts(); attempt++) {
            List<Integer> open = IntStream.range(0, fates.size())
                    .filter(i -> mayPass(fates.get(i)))
                    .boxed()
                    .toList();
            if (open.isEmpty() || !patience.pause(attempt)) {
                break;
            }
            List<Fate> again = once(open.stream().map(records::get).toList());
            for (int i = 0; i < open.size(); i++) {
                int which = open.get(i);
                fates.set(which, after(fates.get(which), again.get(i)));
            }
        }
        return fates;
    }

    private static boolean mayPass(Fate fate) {
        return fate instanceof Fate.Undone undone && Patience.passes(undone.exitCode());
    }

    /** What was sent once without an answer may have been written, whatever is said the next time. */
    private static Fate after(Fate before, Fate now) {
        if (!(before instanceof Fate.Undone(int _, boolean unknown, String _) && unknown)) {
            return now;
        }
        return switch (now) {
            case Fate.Undone(int _, boolean _, String detail) -> new Fate.Undone(ExitCode.UNKNOWN, true, detail);
            case Fate.Existing _, Fate.WrittenOrExisting _ -> new Fate.WrittenOrExisting();
            case Fate.Written _, Fate.Refused _ -> now;
        };
    }

    /** A batch that is refused as a whole for what one of its items is, is sent again in halves. */
    private List<Fate> once(List<KeyedRecord> records) {
        try {
            JsonNode items = door.batch(body(records)).path("items");
            return items.size() == records.size()
                    ? items.values().stream().map(BatchWrites::fate).toList()
                    : all(records, new Fate.Undone(ExitCode.UNKNOWN, true, "The answer to a batch is not understood."));
        } catch (AnswerRefusedException refused) {
            if (refused.exitCode() != ExitCode.USAGE || records.size() == 1) {
                return all(records, fate(refused));
            }
            int half = records.size() / 2;
            List<Fate> fates = new ArrayList<>(once(records.subList(0, half)));
            fates.addAll(once(records.subList(half, records.size())));
            return fates;
        }
    }

    private static List<Fate> all(List<KeyedRecord> records, Fate fate) {
        return Collections.nCopies(records.size(), fate);
    }

    private static Fate fate(JsonNode item) {
        int status = item.path("status").asInt(0);
        if (status >= 200 && status < 300) {
            return new Fate.Written();
        }
        return status == CONDITION_FAILED
                ? new Fate.Existing()
                : fate(AnswerRefusedException.answered(new Http.Reply.Answered(status, item.toString())));
    }

    private static Fate fate(AnswerRefusedException refused) {
        String detail = String.valueOf(refused.getMessage());
        return refused.exitCode() == ExitCode.USAGE
                ? new Fate.Refused(refused.exitCode(), detail)
                : new Fate.Undone(refused.exitCode(), refused.isUnknown(), detail);
    }

    private String body(List<KeyedRecord> records) {
        ObjectNode body = MAPPER.createObjectNode();
        ArrayNode items = body.putArray("items");
        long nowMillis = clockMillis.getAsLong();
        for (KeyedRecord each : records) {
            ObjectNode item = items.addObject().put("op", "put");
            RecordLine.put(item, "key", each.key());
            RecordLine.putValue(item, each.record().value());
            long expiresMillis = each.record().expiresMillis();
            if (expiresMillis != Record.NEVER) {
                item.put("ttl", Math.clamp(expiresMillis - nowMillis, 1, Lifetime.MAX_MILLIS) + "ms");
            }
            if (onlyAbsent) {
                item.put("ifNoneMatch", "*");
            }
        }
        return MAPPER.writeValueAsString(body);
    }
}
