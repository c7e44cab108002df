package io.quorate.server.store;

import static io.quorate.server.store.Samples.content;
import static io.quorate.server.store.Samples.expiring;
import static io.quorate.server.store.Samples.install;
import static io.quorate.server.store.Samples.key;
import static io.quorate.server.store.Samples.put;
import static io.quorate.server.store.Samples.record;
import static io.quorate.server.store.Samples.remember;
import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import io.quorate.api.Record;
import io.quorate.core.cluster.LogPosition;
import io.quorate.core.log.Space;
import io.quorate.core.port.Expiries;
import io.quorate.core.port.Expiries.Due;
import io.quorate.core.port.ReplicaMeta;
import io.quorate.core.wire.RecordCodecV1;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDB;

/** A folder of the time when RocksDB had the families {@code data} and {@code meta} alone. */
class OldRocksFolderTest {
    private static final String FORMAT = "01" + "a016d052";
    /** Of version 1: partition 5, key generation 17, generation 3. */
    private static final String REPLICA = "01" + "00000005" + "00000011" + "00000003" + "01" + "0000000000000009"
            + "0000000000000008" + "00000000000003e8" + "0000018bcfe56800" + "e8664ea0";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private static ReplicaMeta meta(int generation, long index, int remembered) {
        return new ReplicaMeta(5, generation, true, 9, new LogPosition(8, index), 1_700_000_000_000L, remembered);
    }

    private void make() throws Exception {
        List<ColumnFamilyHandle> families = new ArrayList<>();
        try (DBOptions options = new DBOptions().setCreateIfMissing(true).setCreateMissingColumnFamilies(true);
                RocksDB db = RocksDB.open(
                        options,
                        folder.toString(),
                        List.of(
                                new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY),
                                new ColumnFamilyDescriptor("data".getBytes(StandardCharsets.UTF_8)),
                                new ColumnFamilyDescriptor("meta".getBytes(StandardCharsets.UTF_8))),
                        families)) {
            db.put(families.get(2), new byte[] {0}, hex(FORMAT));
            db.put(families.get(2), hex("01" + "00000005"), hex(REPLICA));
            for (String key : List.of("a", "b")) {
                byte[] whole = hex("00000005" + "00000011" + HexFormat.of().formatHex(key(key).toArray()));
                byte[] value = RecordCodecV1.encode(record(1, key)).toArray();
                db.put(families.get(1), whole, value);
            }
            families.forEach(ColumnFamilyHandle::close);
        }
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    @Test
    void itOpensWithAllThatItHoldsAndCanDoWhatIsNew() throws Exception {
        Map<Bytes, Record> content = Map.of(key("a"), record(1, "a"), key("b"), record(1, "b"));
        try (RocksMemory memory = RocksMemory.allocate(RocksSettings.DEFAULT)) {
            make();
            try (RocksStore store = RocksStore.open(folder, memory)) {
                assertThat(store.replicas()).isEqualTo(Map.of(5, meta(3, 1_000, 0)));
                assertThat(content(store, 5)).isEqualTo(content);
                assertThat(store.digest(5)).isEqualTo(Samples.digest(Samples.ofClients(content)));
                assertThat(store.expired(5, Long.MAX_VALUE, 10)).isEqualTo(new Expiries(List.of(), Record.NEVER));
                store.write(
                        meta(3, 1_001, 1),
                        List.of(put("a", expiring(2, "new", 100)), remember("i", expiring(2, "done", 50))));
                store.sync();
            }
            try (RocksStore store = RocksStore.open(folder, memory)) {
                assertThat(store.replicas()).isEqualTo(Map.of(5, meta(3, 1_001, 1)));
                assertThat(store.read(5, Space.KEYS, key("b"))).contains(record(1, "b"));
                assertThat(store.read(5, Space.REMEMBERED, key("i"))).contains(expiring(2, "done", 50));
                assertThat(store.expired(5, 100, 10))
                        .isEqualTo(new Expiries(
                                List.of(new Due(Space.REMEMBERED, key("i"), 50), new Due(Space.KEYS, key("a"), 100)),
                                Record.NEVER));
                install(store, meta(4, 1_002, 0), Map.of());
                assertThat(Samples.everything(store, 5)).isEmpty();
            }
        }
    }
}
