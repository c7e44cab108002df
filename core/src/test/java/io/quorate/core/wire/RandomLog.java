package io.quorate.core.wire;

import io.quorate.api.Revision;
import io.quorate.api.SessionSequence;
import io.quorate.core.log.Change;
import io.quorate.core.log.Entry;
import io.quorate.core.log.LogRecord;
import io.quorate.core.log.Remembered;
import io.quorate.core.log.SessionState;
import io.quorate.core.log.Space;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

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

    Remembered remembered() {
        return new Remembered(
                words.anyLong(),
                words.oneOf(Remembered.End.values()),
                words.revision(),
                words.coin(),
                words.coin() ? Optional.empty() : Optional.of(words.bytes(30)));
    }

    SessionState session() {
        long lowest = words.number() / 2;
        SortedMap<Long, Remembered> decided = new TreeMap<>();
        words.several(words.below(4), () -> decided.put(lowest + words.below(SessionSequence.MAX_OPEN), remembered()));
        return new SessionState(lowest, decided);
    }

    private Change change(Revision revision, long logTimeMillis) {
        return switch (words.below(9)) {
            case 0 -> new Change.Barrier();
            case 1 -> new Change.Checksum(words.anyLong());
            case 2 -> new Change.Delete(words.key());
            case 3 -> new Change.Expire(words.oneOf(Space.values()), words.key());
            case 4 -> new Change.Remember(words.id(), words.record(revision, logTimeMillis));
            case 5 -> new Change.Time();
            case 6 -> new Change.Renew(words.sessionId(), words.record(revision, logTimeMillis));
            default ->
                new Change.Put(words.key(), words.record(revision, words.coin() ? logTimeMillis : words.anyLong()));
        };
    }
}
