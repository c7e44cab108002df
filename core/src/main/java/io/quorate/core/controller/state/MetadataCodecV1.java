package io.quorate.core.controller.state;

import io.quorate.api.Bytes;
import io.quorate.core.wire.ByteReader;
import io.quorate.core.wire.ByteWriter;
import io.quorate.core.wire.MalformedException;
import io.quorate.core.wire.WireLimits;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.zip.CRC32C;

/**
 * Format 1 of commands and of whole states in the metadata log: version byte, kind byte, the members that appear, the
 * content, and the CRC32C of all that.
 *
 * <p>Equal contents give equal bytes. Reading throws {@link MalformedException} for anything else than what was written
 * here.
 */
public final class MetadataCodecV1 {
    /** The version byte. */
    public static final int VERSION = 1;

    /** The most records of a command. */
    static final int MAX_RECORDS = 1 << 16;

    private static final int COMMAND = 1;
    private static final int STATE = 2;
    private static final int CHECKSUM_BYTES = 4;

    private MetadataCodecV1() {}

    /** The bytes of a command. */
    public static Bytes encode(MetadataCommand command) {
        return frame(COMMAND, pieces -> {
            pieces.out.nonNegative(command.epoch());
            RecordWriter records = new RecordWriter(pieces);
            pieces.out.list(command.records(), MAX_RECORDS, (to, record) -> records.record(record));
        });
    }

    /** The command that the bytes are of. */
    public static MetadataCommand decodeCommand(Bytes bytes) {
        return unframe(bytes, COMMAND, "a controller's command", pieces -> {
            long epoch = pieces.in.nonNegative();
            RecordReader records = new RecordReader(pieces);
            List<MetadataRecord> all = pieces.in.list(MAX_RECORDS, 1, from -> records.record());
            return new MetadataCommand(epoch, all);
        });
    }

    /** The bytes of a state. */
    public static Bytes encode(ClusterState state) {
        return frame(STATE, pieces -> pieces.state(state.contents()));
    }

    /** The state that the bytes are of. */
    public static ClusterState decodeState(Bytes bytes) {
        return unframe(bytes, STATE, "a controller's state", pieces -> new ClusterState(pieces.state()));
    }

    private static Bytes frame(int kind, Consumer<StateWriter> content) {
        MemberTable members = new MemberTable();
        StateWriter pieces = new StateWriter(members, new ByteWriter());
        content.accept(pieces);
        ByteWriter whole = new ByteWriter(pieces.out.size(), WireLimits.MAX_ENCODED_BYTES);
        whole.u8(VERSION);
        whole.u8(kind);
        members.write(whole);
        whole.raw(pieces.out.toBytes());
        whole.fixed32(checksum(whole.toBytes(), whole.size()));
        return whole.toBytes();
    }

    private static <T> T unframe(Bytes bytes, int kind, String what, Function<StateReader, T> content) {
        int covered = bytes.length() - CHECKSUM_BYTES;
        if (covered < 2) {
            throw new MalformedException(what + " is cut off after " + bytes.length() + " bytes");
        }
        ByteReader in = new ByteReader(bytes.slice(0, covered));
        in.version(what, VERSION);
        if (checksum(bytes, covered) != new ByteReader(bytes.slice(covered, bytes.length())).fixed32()) {
            throw new MalformedException(what + " is damaged: its checksum differs");
        }
        int found = in.u8();
        if (found != kind) {
            throw in.unknown("kind", found);
        }
        try {
            T read = content.apply(new StateReader(MemberTable.read(in), in));
            in.end();
            return read;
        } catch (IllegalArgumentException e) {
            throw in.malformed(String.valueOf(e.getMessage()));
        }
    }

    private static int checksum(Bytes bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.asBuffer().limit(length));
        return (int) crc.getValue();
    }
}
