package io.quorate.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.quorate.api.Bytes;
import io.quorate.core.cluster.LogPosition;
import io.quorate.core.log.Space;
import io.quorate.core.port.Expiries.Due;
import io.quorate.core.port.ReplicaMeta;
import io.quorate.core.wire.MalformedException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The bytes that stores keep for ever. */
class ReplicaStateV2Test {
    private static final ReplicaState STATE = state(7);
    private static final String SAME_IN_BOTH = "00000005" + "00000011" + "00000003" + "01" + "0000000000000009"
            + "0000000000000008" + "00000000000003e8" + "0000018bcfe56800";
    private static final String GOLDEN = "02" + SAME_IN_BOTH + "00000007" + "90fe5258";
    private static final String GOLDEN_V1 = "01" + SAME_IN_BOTH + "e8664ea0";

    private static ReplicaState state(int remembered) {
        LogPosition applied = new LogPosition(8, 1_000);
        return new ReplicaState(new ReplicaMeta(5, 3, true, 9, applied, 1_700_000_000_000L, remembered), 17);
    }

    @Test
    void aReplicasStateHasTheseBytes() {
        assertThat(hex(ReplicaStateV2.encode(STATE))).isEqualTo(GOLDEN);
        assertThat(ReplicaStateV2.decode(bytes(GOLDEN))).isEqualTo(STATE);
    }

    @Test
    void aStateOfVersionOneIsReadAsOneThatRemembersNothing() {
        assertThat(ReplicaStateV2.decode(bytes(GOLDEN_V1))).isEqualTo(state(0));
    }

    @Test
    void aStateOfALaterVersionIsRefused() {
        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(() -> ReplicaStateV2.decode(bytes("03" + SAME_IN_BOTH + "00000007" + "90fe5258")))
                .withMessageContaining("unknown format version 3");
    }

    @Test
    void everyDamagedByteIsNoticed() {
        noticesDamage(GOLDEN);
        noticesDamage(GOLDEN_V1);
    }

    private static void noticesDamage(String hex) {
        byte[] whole = bytes(hex).toArray();
        for (int i = 0; i < whole.length; i++) {
            byte[] damaged = whole.clone();
            damaged[i] ^= 0x10;
            assertThatExceptionOfType(MalformedException.class)
                    .isThrownBy(() -> ReplicaStateV2.decode(Bytes.wrap(damaged)));
        }
        for (int length = 0; length < whole.length; length++) {
            Bytes cut = Bytes.copyOf(whole, 0, length);
            assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> ReplicaStateV2.decode(cut));
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
        assertThat(DataKeys.recordKey(DataKeys.of(5, 17, Bytes.utf8("key")))).isEqualTo(Bytes.utf8("key"));
        for (RocksFamily family : RocksFamily.values()) {
            assertThat(RocksFamily.isKnown(family.nameBytes())).isTrue();
        }
        assertThat(Stream.of(RocksFamily.values()).map(family -> Bytes.wrap(family.nameBytes())))
                .containsExactly(
                        Bytes.utf8("default"),
                        Bytes.utf8("data"),
                        Bytes.utf8("remembered"),
                        Bytes.utf8("expiry"),
                        Bytes.utf8("meta"));
        assertThat(hex(Bytes.wrap(MetaKeys.format()))).isEqualTo("00");
        assertThat(hex(Bytes.wrap(MetaKeys.replica(5)))).isEqualTo("01" + "00000005");
        assertThat(hex(Bytes.wrap(MetaKeys.unowned(5, 17)))).isEqualTo("02" + "00000005" + "00000011");
    }

    @Test
    void theKeysOfExpiriesInRocksDbHaveTheseBytes() {
        Due due = new Due(Space.REMEMBERED, Bytes.utf8("key"), 1_700_000_000_000L);
        assertThat(hex(Bytes.wrap(ExpiryKeys.of(5, 17, due))))
                .isEqualTo("00000005" + "00000011" + "8000018bcfe56800" + "02" + "6b6579");
        assertThat(ExpiryKeys.due(ExpiryKeys.of(5, 17, due))).isEqualTo(due);
        Due early = new Due(Space.KEYS, Bytes.utf8("key"), -1);
        assertThat(hex(Bytes.wrap(ExpiryKeys.of(5, 17, early))))
                .isEqualTo("00000005" + "00000011" + "7fffffffffffffff" + "01" + "6b6579");
        assertThat(ExpiryKeys.due(ExpiryKeys.of(5, 17, early))).isEqualTo(early);
    }

    @Test
    void whatIsNoKeyOfAnExpiryIsNoticed() {
        byte[] whole = ExpiryKeys.of(5, 17, new Due(Space.KEYS, Bytes.EMPTY, 1));
        byte[] otherSpace = whole.clone();
        otherSpace[16] = 3;
        for (byte[] damaged : List.of(otherSpace, Arrays.copyOf(whole, 16))) {
            assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> ExpiryKeys.due(damaged));
        }
    }

    private static String hex(Bytes bytes) {
        return HexFormat.of().formatHex(bytes.toArray());
    }

    private static Bytes bytes(String hex) {
        return Bytes.wrap(HexFormat.of().parseHex(hex));
    }
}
