package io.quorate.core.controller.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.api.Bytes;
import io.quorate.core.cluster.Configuration;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.WorkerAddress;
import io.quorate.core.controller.state.MetadataRecord.ClusterCreated;
import io.quorate.core.controller.state.MetadataRecord.LeadersElected;
import io.quorate.core.controller.state.MetadataRecord.LeadersEstablished;
import io.quorate.core.controller.state.MetadataRecord.LearnersChanged;
import io.quorate.core.controller.state.MetadataRecord.SettingsChanged;
import io.quorate.core.controller.state.MetadataRecord.TermsStarted;
import io.quorate.core.controller.state.MetadataRecord.WorkerRegistered;
import io.quorate.core.wire.MalformedException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MetadataCodecV1Test {
    private static final Member A = new Member("w1", new UUID(1, 2));
    private static final Member B = new Member("w2", new UUID(3, 4));
    private static final Member C = new Member("w3", new UUID(5, 6));
    private static final Configuration AB = new Configuration(List.of(A, B), 2);
    private static final Configuration AC = new Configuration(List.of(A, C), 1);

    private static final MetadataCommand COMMAND = new MetadataCommand(
            7,
            List.of(
                    new ClusterCreated(new UUID(10, 11), new ClusterSettings(64, 3, Optional.empty())),
                    new SettingsChanged(3, 2),
                    new WorkerRegistered(
                            new RegisteredWorker("w1", new UUID(1, 2), 9, new WorkerAddress("http://h:1", "h:2"), "z")),
                    new TermsStarted(List.of(new TermsStarted.Start(5, 0, 1, AB))),
                    new LeadersElected(List.of(new LeadersElected.Election(5, 1, new Elected(A, 9)))),
                    new LeadersEstablished(List.of(new LeadersEstablished.Establishment(5, 1))),
                    new LearnersChanged(List.of(new LearnersChanged.Learning(
                            5, 1, List.of(C), Optional.of(new Move(Move.Kind.BALANCE, AC)))))));

    private static final String GOLDEN_COMMAND =
            "010103027731000000000000000100000000000000020277320000000000000003000000000000000402773300000000000000050000000000000006"
                    + "070701000000000000000a000000000000000b4003000203020302773100000000000000010000000000000002090a687474703a2f2f683a31"
                    + "03683a32017a04010500010200010205010501000906010501070105010102010202000201d1bc5ebc";
    private static final String GOLDEN_STATE =
            "010203027731000000000000000100000000000000020277320000000000000003000000000000000402773300000000000000050000000000000006"
                    + "0101000000000000000a000000000000000b01400301020102773100000000000000010000000000000002090a687474703a2f2f683a310368"
                    + "3a32017a0100090105010200010201000901010102000102000901020102020002013d7e395d";

    @Test
    void theBytesOfACommandNeverChange() {
        assertThat(hex(MetadataCodecV1.encode(COMMAND))).isEqualTo(GOLDEN_COMMAND);
        assertThat(MetadataCodecV1.decodeCommand(bytes(GOLDEN_COMMAND))).isEqualTo(COMMAND);
    }

    @Test
    void theBytesOfAStateNeverChange() {
        ClusterState state = new ClusterState();
        state.apply(COMMAND, 7);

        assertThat(hex(MetadataCodecV1.encode(state))).isEqualTo(GOLDEN_STATE);
        ClusterState read = MetadataCodecV1.decodeState(bytes(GOLDEN_STATE));
        assertThat(read.contents()).isEqualTo(state.contents());
    }

    @Test
    void aDamagedCommandIsRefusedWhateverTheDamage() {
        byte[] good = MetadataCodecV1.encode(COMMAND).toArray();
        Random random = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            byte[] bad = good.clone();
            bad[random.nextInt(bad.length)] ^= (byte) (1 + random.nextInt(255));
            assertThatThrownBy(() -> MetadataCodecV1.decodeCommand(Bytes.copyOf(bad)))
                    .isInstanceOf(MalformedException.class);
        }
        for (int length = 0; length < good.length; length++) {
            Bytes cut = Bytes.copyOf(good, 0, length);
            assertThatThrownBy(() -> MetadataCodecV1.decodeCommand(cut)).isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void aNewerFormatIsNamed() {
        byte[] newer = MetadataCodecV1.encode(COMMAND).toArray();
        newer[0] = 2;

        assertThatThrownBy(() -> MetadataCodecV1.decodeCommand(Bytes.copyOf(newer)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("version 2");
    }

    @Test
    void aStateIsNotTakenForACommand() {
        assertThatThrownBy(() -> MetadataCodecV1.decodeCommand(MetadataCodecV1.encode(new ClusterState())))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void theLossOfAWorkerWithEveryPartitionFitsIntoOneCommand() {
        List<TermsStarted.Start> starts = new ArrayList<>();
        Configuration large = new Configuration(List.of(A, B, C), 2);
        for (int partition = 0; partition < 16_384; partition++) {
            starts.add(new TermsStarted.Start(partition, 1L << 40, (1L << 40) + 1, large));
        }
        MetadataCommand command = new MetadataCommand(1, List.of(new TermsStarted(starts)));

        Bytes bytes = MetadataCodecV1.encode(command);

        assertThat(bytes.length()).isLessThan(1 << 20);
        assertThat(MetadataCodecV1.decodeCommand(bytes)).isEqualTo(command);
    }

    private static String hex(Bytes bytes) {
        return HexFormat.of().formatHex(bytes.toArray());
    }

    private static Bytes bytes(String hex) {
        return Bytes.wrap(HexFormat.of().parseHex(hex));
    }
}
