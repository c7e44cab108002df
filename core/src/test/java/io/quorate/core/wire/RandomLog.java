package io.quorate.core.wire;

import io.quorate.api.Revision;
import io.quorate.core.log.Change;
import io.quorate.core.log.Entry;
import io.quorate.core.log.LogRecord;

/** Random entries and log records. */
final class RandomLog {
    private final RandomWords words;

    RandomLog(RandomWords words) {
        this.words = words;
    }

    LogRecord logRecord() {
        int partition = words.partition();
        return switch (words.below(6)) {
            case 0 -> new LogRecord.TermRaised(partition, words.number());
            case 1 -> new LogRecord.ReplicaCreated(partition, words.number(), words.intNumber());
            case 2 -> new LogRecord.ReplicaDropped(partition, words.number(), words.intNumber());
            case 3 -> new LogRecord.BaseSet(partition, words.intNumber(), words.position());
            default -> new LogRecord.EntryWritten(partition, entry());
        };
    }

    Entry entry() {
        Revision revision = words.revision();
        long logTimeMillis = words.anyLong();
        return new Entry(
                revision.term(),
                revision.index(),
                words.number(),
                logTimeMillis,
                words.number(),
                words.several(words.below(6), () -> change(revision, logTimeMillis)));
    }

    private Change change(Revision revision, long logTimeMillis) {
        return switch (words.below(5)) {
            case 0 -> new Change.Barrier();
            case 1 -> new Change.Checksum(words.anyLong());
            case 2 -> new Change.Delete(words.key());
            default ->
                new Change.Put(words.key(), words.record(revision, words.coin() ? logTimeMillis : words.anyLong()));
        };
    }
}
