package io.quorate.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.api.Bytes;
import io.quorate.api.Record;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import io.quorate.core.cluster.LogPosition;
import io.quorate.core.log.Change;
import io.quorate.core.log.Entry;
import io.quorate.core.log.LogRecord;
import io.quorate.core.message.Message;
import io.quorate.core.message.Replication;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryCodecV1Test {
    @Test
    void anEntryOfAnotherRevisionThanItsRecordIsRefusedAsABug() {
        Record record = new Record(Value.json("x"), new Revision(1, 1), 0, Record.NEVER, "");
        Entry entry = new Entry(1, 2, 1, 0, 1, List.of(new Change.Put(Bytes.utf8("k"), record)));
        assertThatThrownBy(() -> LogRecordCodecV1.encode(new LogRecord.EntryWritten(0, entry)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1-1");
    }

    @Test
    void aPutCostsFewBytesBesideKeyAndValue() {
        Value value = Value.raw(Bytes.wrap(new byte[100]), Value.OCTET_STREAM);
        Record record = new Record(value, Samples.REVISION, Samples.TIME, Record.NEVER, "");
        Bytes key = Bytes.wrap(new byte[16]);
        assertThat(sizeOfEntry(List.of(new Change.Put(key, record)))).isLessThanOrEqualTo(116 + 5 + 16);
    }

    @Test
    void aLeaderIsSpelledOutOnceInABatch() {
        List<Replication.Request> requests = new ArrayList<>();
        for (int partition = 0; partition < 64; partition++) {
            requests.add(new Replication.Append(partition, 7, Samples.W1, new LogPosition(7, 100), 100, List.of()));
        }
        Bytes encoded = MessageCodecV1.encode(new Message.ReplicationRequests(requests));
        assertThat(encoded.length()).isLessThanOrEqualTo(2 + 1 + 19 + 64 * 8);
    }

    @Test
    void anEntryNeverHasMoreBytesThanItsUpperBound() {
        RandomLog log = new RandomLog(new RandomWords(5));
        for (int i = 0; i < 2_000; i++) {
            Entry entry = log.entry();
            ByteWriter writer = new ByteWriter();
            EntryCodecV1.write(writer, entry);
            assertThat((long) writer.size()).isLessThanOrEqualTo(EntryCodecV1.upperBoundBytes(entry));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 1, Samples.TIME - 1, Samples.TIME, Samples.TIME + 1, Long.MAX_VALUE})
    void aRecordKeepsATimeAtAnyDistanceFromLogTime(long modifiedMillis) {
        Record record = new Record(Value.json("x"), Samples.REVISION, modifiedMillis, Samples.TIME, "eu-west");
        Entry entry = entry(List.of(new Change.Put(Bytes.utf8("k"), record)));
        ByteWriter writer = new ByteWriter();

        EntryCodecV1.write(writer, entry);

        assertThat(EntryCodecV1.read(new ByteReader(writer.toBytes()))).isEqualTo(entry);
    }

    private static Entry entry(List<Change> changes) {
        return new Entry(Samples.REVISION.term(), Samples.REVISION.index(), 7, Samples.TIME, 299, changes);
    }

    private static int sizeOfEntry(List<Change> changes) {
        ByteWriter writer = new ByteWriter();
        EntryCodecV1.write(writer, entry(changes));
        return writer.size();
    }
}
