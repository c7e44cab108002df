package io.quorate.cli.transfer;

import io.quorate.api.KeyedRecord;
import io.quorate.api.Problem;
import io.quorate.cli.client.AnswerRefusedException;
import io.quorate.cli.client.ClusterClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import tools.jackson.databind.JsonNode;

/** Writes all keys that begin with a prefix to a target, page by page, so that one page at a time is in memory. */
public final class ExportRun {
    /** The keys of one page. */
    static final int PAGE = 1_000;

    private final Pages pages;
    private final Patience patience;
    private final LongConsumer progress;
    private long keys;

    /** Who answers pages of keys. */
    public interface Pages {
        /** What is answered to a GET of the target. */
        JsonNode page(String target) throws AnswerRefusedException;
    }

    /**
     * @param progress is told how many keys are written
     */
    public ExportRun(Pages pages, Patience patience, LongConsumer progress) {
        this.pages = pages;
        this.patience = patience;
        this.progress = progress;
    }

    /**
     * Writes them.
     *
     * @param resume whether to go on where an interrupted export ended, if there is one
     */
    public void run(String prefix, ExportTarget target, boolean resume)
            throws AnswerRefusedException, IOException, TransferRefusedException {
        ExportProgress done = target.begin(prefix, resume);
        boolean more = true;
        while (more) {
            keys = done.keys();
            progress.accept(keys);
            String from = done.cursor();
            JsonNode page = patience.ask(() -> page(prefix, from));
            List<KeyedRecord> records = records(page);
            String next = page.path("cursor").asString("");
            done = done.then(next, records.size(), target.write(records));
            more = !next.isEmpty();
            if (more) {
                target.keep(done);
            }
        }
        target.finish();
        keys = done.keys();
        progress.accept(keys);
    }

    /** How many keys are written, those of an interrupted export that it went on with among them. */
    public long keys() {
        return keys;
    }

    private JsonNode page(String prefix, String cursor) throws AnswerRefusedException {
        JsonNode page = pages.page("/kv?values=true&limit=" + PAGE + "&prefix=" + ClusterClient.encoded(prefix)
                + (cursor.isEmpty() ? "" : "&cursor=" + ClusterClient.encoded(cursor)));
        if (!page.path("items").isArray()) {
            throw notUnderstood("it is no page of keys");
        }
        return page;
    }

    private static List<KeyedRecord> records(JsonNode page) throws AnswerRefusedException {
        List<KeyedRecord> records = new ArrayList<>();
        for (JsonNode item : page.path("items")) {
            switch (RecordLine.read(item)) {
                case Reading.Found(KeyedRecord record) -> records.add(record);
                case Reading.Nothing _ -> throw notUnderstood("an item is empty");
                case Reading.Malformed(String why) -> throw notUnderstood("of an item, " + why);
            }
        }
        return records;
    }

    private static AnswerRefusedException notUnderstood(String why) {
        return AnswerRefusedException.notApplied(
                Problem.INTERNAL, "The answer of a worker is not understood: " + why + ".");
    }
}
