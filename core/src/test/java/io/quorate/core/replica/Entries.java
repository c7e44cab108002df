package io.quorate.core.replica;

import io.quorate.api.Bytes;
import io.quorate.api.Record;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import io.quorate.core.cluster.Configuration;
import io.quorate.core.cluster.Member;
import io.quorate.core.log.Change;
import io.quorate.core.log.Entry;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** Entries, keys and members as the tests of this package need them. */
final class Entries {
    private Entries() {}

    /** An entry without effects. */
    static Entry entry(long term, long index, long previousTerm) {
        return entry(term, index, previousTerm, 0);
    }

    static Entry entry(long term, long index, long previousTerm, long commitIndex) {
        return new Entry(term, index, previousTerm, index * 10, commitIndex, List.of(new Change.Barrier()));
    }

    static Entry changing(long index, Change... changes) {
        return new Entry(1, index, index == 1 ? 0 : 1, index * 10, 0, List.of(changes));
    }

    static Bytes key(String name) {
        return Bytes.utf8(name);
    }

    static Record record(String value) {
        return new Record(Value.json(value), new Revision(1, 1), 0, Record.NEVER, "");
    }

    static Change put(String key, String value) {
        return new Change.Put(key(key), record(value));
    }

    static Change delete(String key) {
        return new Change.Delete(key(key));
    }

    static Member member(int number) {
        return new Member("w" + number, new UUID(0, number));
    }

    /** Members 0 to {@code size - 1}. */
    static Configuration configuration(int size, int writeQuorum) {
        return new Configuration(
                IntStream.range(0, size).mapToObj(Entries::member).toList(), writeQuorum);
    }

    static WorkerContext context() {
        return new WorkerContext(member(0), 1, WorkerSettings.STANDARD, Rules.STANDARD, 0);
    }
}
