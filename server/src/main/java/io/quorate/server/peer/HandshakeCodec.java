package io.quorate.server.peer;

import io.quorate.api.Bytes;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/**
 * The payloads of handshake frames.
 *
 * <p>Big-endian. Every payload begins with the magic number; fields are only ever appended, and a reader skips what
 * follows those it knows, so that every version can read every other's greeting and refuse it by name.
 *
 * <ul>
 *   <li>HELLO: magic (4), oldest and newest version (1 + 1), identity, target id
 *   <li>WELCOME: magic (4), agreed version (1), identity
 *   <li>REFUSAL: magic (4), reason (1), detail
 *   <li>identity: 1 and the cluster UUID (16), or 0 and sixteen zeros; role (1), disk UUID (16), incarnation (8), id
 *   <li>texts: length (2), UTF-8
 * </ul>
 */
final class HandshakeCodec {
    /** "QRTM". */
    static final int MAGIC = 0x5152_544D;

    private HandshakeCodec() {}

    static Frame encode(Greeting greeting) {
        return switch (greeting) {
            case Greeting.Hello hello -> frame(FrameKind.HELLO, encodeHello(hello));
            case Greeting.Welcome welcome -> frame(FrameKind.WELCOME, encodeWelcome(welcome));
            case Greeting.Refusal refusal -> frame(FrameKind.REFUSAL, encodeRefusal(refusal));
        };
    }

    /** The greeting in a frame, or empty when the frame is of another kind or malformed. */
    static Optional<Greeting> decode(Frame frame) {
        ByteBuffer in = frame.payload().asBuffer();
        try {
            return in.getInt() == MAGIC ? decodeBody(frame.kind(), in) : Optional.empty();
        } catch (BufferUnderflowException | CharacterCodingException malformed) {
            return Optional.empty();
        }
    }

    private static Optional<Greeting> decodeBody(FrameKind kind, ByteBuffer in) throws CharacterCodingException {
        return switch (kind) {
            case HELLO -> decodeHello(in);
            case WELCOME -> decodeWelcome(in);
            case REFUSAL -> Optional.of(new Greeting.Refusal(RejectReason.ofCode(unsigned(in)), printable(text(in))));
            case PING, REQUEST, REPLY -> Optional.empty();
        };
    }

    private static Optional<Greeting> decodeHello(ByteBuffer in) throws CharacterCodingException {
        int min = unsigned(in);
        int max = unsigned(in);
        Optional<PeerIdentity> self = identity(in);
        String target = text(in);
        return ProtocolVersions.isValid(min, max) && PeerIdentity.isValidId(target)
                ? self.map(who -> new Greeting.Hello(new ProtocolVersions(min, max), who, target))
                : Optional.empty();
    }

    private static Optional<Greeting> decodeWelcome(ByteBuffer in) throws CharacterCodingException {
        int version = unsigned(in);
        return identity(in).map(who -> new Greeting.Welcome(version, who));
    }

    private static ByteBuffer encodeHello(Greeting.Hello hello) {
        ByteBuffer out = started();
        out.put((byte) hello.versions().min());
        out.put((byte) hello.versions().max());
        put(hello.self(), out);
        put(hello.targetId(), out);
        return out;
    }

    private static ByteBuffer encodeWelcome(Greeting.Welcome welcome) {
        ByteBuffer out = started();
        out.put((byte) welcome.version());
        put(welcome.self(), out);
        return out;
    }

    private static ByteBuffer encodeRefusal(Greeting.Refusal refusal) {
        ByteBuffer out = started();
        out.put((byte) refusal.reason().code());
        put(shortened(refusal.detail()), out);
        return out;
    }

    private static ByteBuffer started() {
        return ByteBuffer.allocate(PeerLimits.MAX_HANDSHAKE_BYTES).putInt(MAGIC);
    }

    private static Frame frame(FrameKind kind, ByteBuffer body) {
        byte[] payload = new byte[body.position()];
        body.flip().get(payload);
        return new Frame(kind, Bytes.wrap(payload));
    }

    private static void put(PeerIdentity identity, ByteBuffer out) {
        out.put((byte) (identity.clusterUuid().isPresent() ? 1 : 0));
        put(identity.clusterUuid().orElse(new UUID(0, 0)), out);
        out.put((byte) identity.role().code());
        put(identity.diskUuid(), out);
        out.putLong(identity.incarnation());
        put(identity.id(), out);
    }

    private static Optional<PeerIdentity> identity(ByteBuffer in) throws CharacterCodingException {
        int hasCluster = unsigned(in);
        UUID cluster = uuid(in);
        Optional<PeerRole> role = PeerRole.ofCode(unsigned(in));
        UUID disk = uuid(in);
        long incarnation = in.getLong();
        String id = text(in);
        if (hasCluster > 1 || !PeerIdentity.isValidId(id)) {
            return Optional.empty();
        }
        Optional<UUID> clusterUuid = hasCluster == 1 ? Optional.of(cluster) : Optional.empty();
        return role.map(known -> new PeerIdentity(clusterUuid, id, known, disk, incarnation));
    }

    private static void put(UUID uuid, ByteBuffer out) {
        out.putLong(uuid.getMostSignificantBits());
        out.putLong(uuid.getLeastSignificantBits());
    }

    private static UUID uuid(ByteBuffer in) {
        return new UUID(in.getLong(), in.getLong());
    }

    private static void put(String text, ByteBuffer out) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.putShort((short) utf8.length);
        out.put(utf8);
    }

    /** Without control characters, so that a peer cannot write lines of its own into the log. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    private static String text(ByteBuffer in) throws CharacterCodingException {
        int length = Short.toUnsignedInt(in.getShort());
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        ByteBuffer utf8 = in.slice(in.position(), length);
        in.position(in.position() + length);
        return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
    }

    private static String shortened(String detail) {
        String cut = detail;
        while (cut.getBytes(StandardCharsets.UTF_8).length > PeerLimits.MAX_DETAIL_BYTES) {
            cut = cut.substring(0, cut.length() * 3 / 4);
        }
        return cut;
    }

    private static int unsigned(ByteBuffer in) {
        return Byte.toUnsignedInt(in.get());
    }
}
