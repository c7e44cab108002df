package io.quorate.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.quorate.api.Bytes;
import io.quorate.core.cluster.LogPosition;
import io.quorate.core.port.ReplicaMeta;
import io.quorate.core.wire.MalformedException;
import io.quorate.server.store.ReplicaStateV1.ReplicaState;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The bytes that stores keep for ever. */
class ReplicaStateV1Test {
    private static final ReplicaState STATE =
            new ReplicaState(new ReplicaMeta(5, 3, true, 9, new LogPosition(8, 1_000), 1_700_000_000_000L), 17);
    private static final String GOLDEN = "01" + "00000005" + "00000011" + "00000003" + "01" + "0000000000000009"
            + "0000000000000008" + "00000000000003e8" + "0000018bcfe56800" + "e8664ea0";

    @Test
    void aReplicasStateHasTheseBytes() {
        assertThat(hex(ReplicaStateV1.encode(STATE))).isEqualTo(GOLDEN);
        assertThat(ReplicaStateV1.decode(bytes(GOLDEN))).isEqualTo(STATE);
    }

    @Test
    void everyDamagedByteIsNoticed() {
        byte[] whole = ReplicaStateV1.encode(STATE).toArray();
        for (int i = 0; i < whole.length; i++) {
            byte[] damaged = whole.clone();
            damaged[i] ^= 0x10;
            assertThatExceptionOfType(MalformedException.class)
                    .isThrownBy(() -> ReplicaStateV1.decode(Bytes.wrap(damaged)));
        }
        for (int length = 0; length < whole.length; length++) {
            Bytes cut = Bytes.copyOf(whole, 0, length);
            assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> ReplicaStateV1.decode(cut));
        }
    }

    @Test
    void theFormatHasTheseBytes() throws Exception {
        assertThat(hex(StoreFormat.encode(1))).isEqualTo("01" + "a016d052");
        StoreFormat.check(bytes("01" + "a016d052"), Path.of("data"));
    }

    @Test
    void aNewerFormatIsRefusedWhateverFollows() {
        assertThatExceptionOfType(StoreRefusedException.class)
                .isThrownBy(() -> StoreFormat.check(bytes("02ffff"), Path.of("data")))
                .withMessage("the store in data has format 2, this release reads up to format 1; nothing was changed:"
                        + " start a release that knows it, or choose another DATA_DIR");
        assertThatExceptionOfType(StoreRefusedException.class)
                .isThrownBy(() -> StoreFormat.check(bytes("01" + "ffffffff"), Path.of("data")))
                .withMessageContaining("damaged: its format record");
        assertThatExceptionOfType(StoreRefusedException.class)
                .isThrownBy(() -> StoreFormat.check(Bytes.EMPTY, Path.of("data")));
    }

    @Test
    void theKeysInRocksDbHaveTheseBytes() {
        assertThat(hex(Bytes.wrap(DataKeys.of(5, 17, Bytes.utf8("key")))))
                .isEqualTo("00000005" + "00000011" + "6b6579");
        assertThat(hex(Bytes.wrap(DataKeys.end(5, 17)))).isEqualTo("00000005" + "00000012");
        assertThat(DataKeys.clientKey(DataKeys.of(5, 17, Bytes.utf8("key")))).isEqualTo(Bytes.utf8("key"));
        assertThat(hex(Bytes.wrap(MetaKeys.format()))).isEqualTo("00");
        assertThat(hex(Bytes.wrap(MetaKeys.replica(5)))).isEqualTo("01" + "00000005");
        assertThat(hex(Bytes.wrap(MetaKeys.unowned(5, 17)))).isEqualTo("02" + "00000005" + "00000011");
    }

    private static String hex(Bytes bytes) {
        return HexFormat.of().formatHex(bytes.toArray());
    }

    private static Bytes bytes(String hex) {
        return Bytes.wrap(HexFormat.of().parseHex(hex));
    }
}
