package io.quorate.server.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import io.quorate.server.peer.Greeting.Hello;
import io.quorate.server.peer.Greeting.Refusal;
import io.quorate.server.peer.Greeting.Welcome;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HandshakeCodecTest {
    private static final UUID CLUSTER = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
    private static final UUID DISK = UUID.fromString("ffeeddcc-bbaa-9988-7766-554433221100");
    private static final PeerIdentity WORKER = new PeerIdentity(Optional.of(CLUSTER), "w1", PeerRole.WORKER, DISK, 258);
    private static final PeerIdentity FRESH =
            new PeerIdentity(Optional.empty(), "zürich", PeerRole.CONTROLLER, DISK, -1);
    private static final List<Greeting> GREETINGS = List.of(
            new Hello(new ProtocolVersions(1, 2), WORKER, "w2"),
            new Hello(new ProtocolVersions(200, 255), FRESH, "w2"),
            new Welcome(2, WORKER),
            new Welcome(1, FRESH),
            new Refusal(RejectReason.WRONG_TARGET, "this is worker w3"),
            new Refusal(RejectReason.OTHER, ""));

    private static String hex(Greeting greeting) {
        return HexFormat.of()
                .formatHex(HandshakeCodec.encode(greeting).payload().toArray());
    }

    @Test
    void theBytesOfTheHandshakeStayAsTheyAre() {
        String worker = "01" + "00112233445566778899aabbccddeeff" + "01" + "ffeeddccbbaa99887766554433221100"
                + "0000000000000102" + "0002" + "7731";
        assertThat(hex(new Hello(new ProtocolVersions(1, 2), WORKER, "w2")))
                .isEqualTo("5152544d" + "01" + "02" + worker + "0002" + "7732");
        assertThat(hex(new Welcome(2, WORKER))).isEqualTo("5152544d" + "02" + worker);
        assertThat(hex(new Welcome(2, FRESH)))
                .isEqualTo("5152544d" + "02" + "00" + "00000000000000000000000000000000" + "02"
                        + "ffeeddccbbaa99887766554433221100" + "ffffffffffffffff" + "0007" + "7ac3bc72696368");
        assertThat(hex(new Refusal(RejectReason.DUPLICATE, "no"))).isEqualTo("5152544d" + "04" + "0002" + "6e6f");
        assertThat(RejectReason.values()).extracting(RejectReason::code).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void everyGreetingIsReadAsItWasWritten() {
        for (Greeting greeting : GREETINGS) {
            assertThat(HandshakeCodec.decode(HandshakeCodec.encode(greeting))).contains(greeting);
        }
    }

    @Test
    void aGreetingThatEndsEarlyIsNotRead() {
        for (Greeting greeting : GREETINGS) {
            Frame whole = HandshakeCodec.encode(greeting);
            for (int length = 0; length < whole.payload().length(); length++) {
                assertThat(HandshakeCodec.decode(
                                new Frame(whole.kind(), whole.payload().slice(0, length))))
                        .isEmpty();
            }
        }
    }

    @Test
    void fieldsThatALaterVersionAppendsAreSkipped() {
        for (Greeting greeting : GREETINGS) {
            Frame frame = HandshakeCodec.encode(greeting);
            byte[] longer = new byte[frame.payload().length() + 9];
            frame.payload().copyTo(longer, 0);
            assertThat(HandshakeCodec.decode(new Frame(frame.kind(), Bytes.wrap(longer))))
                    .contains(greeting);
        }
    }

    @Test
    void withoutTheMagicNumberNothingIsRead() {
        for (Greeting greeting : GREETINGS) {
            Frame frame = HandshakeCodec.encode(greeting);
            byte[] other = frame.payload().toArray();
            other[0] ^= 1;
            assertThat(HandshakeCodec.decode(new Frame(frame.kind(), Bytes.wrap(other))))
                    .isEmpty();
        }
    }

    @Test
    void aFrameOfAnotherKindIsNoGreeting() {
        Bytes payload = HandshakeCodec.encode(GREETINGS.getFirst()).payload();
        assertThat(HandshakeCodec.decode(new Frame(FrameKind.REQUEST, payload))).isEmpty();
    }

    @Test
    void anIdThatWouldWriteIntoTheLogIsNotRead() {
        Frame frame = HandshakeCodec.encode(new Welcome(1, WORKER));
        byte[] bytes = frame.payload().toArray();
        bytes[bytes.length - 1] = '\n';
        assertThat(HandshakeCodec.decode(new Frame(frame.kind(), Bytes.wrap(bytes))))
                .isEmpty();
    }

    @Test
    void aDetailIsCutToItsLimitAndCannotWriteLinesOfItsOwn() {
        Refusal refusal = new Refusal(RejectReason.OTHER, "line\n" + "ü".repeat(1_000));
        Refusal read =
                (Refusal) HandshakeCodec.decode(HandshakeCodec.encode(refusal)).orElseThrow();
        assertThat(read.detail()).startsWith("line?ü").doesNotContain("\n").hasSizeBetween(100, 256);
    }

    @Test
    void aReasonOfALaterVersionIsKeptAsOther() {
        Frame frame = HandshakeCodec.encode(new Refusal(RejectReason.DUPLICATE, "new reason"));
        byte[] bytes = frame.payload().toArray();
        bytes[4] = 77;
        assertThat(HandshakeCodec.decode(new Frame(frame.kind(), Bytes.wrap(bytes))))
                .contains(new Refusal(RejectReason.OTHER, "new reason"));
    }
}
