package io.quorate.core.wire;

import io.quorate.core.log.Space;

/** The form of a space: its code, one byte. */
final class SpaceCodecV1 {
    private SpaceCodecV1() {}

    static void write(ByteWriter writer, Space space) {
        writer.u8(space.code());
    }

    static Space read(ByteReader reader) {
        int code = reader.u8();
        for (Space space : Space.values()) {
            if (space.code() == code) {
                return space;
            }
        }
        throw reader.unknown("space", code);
    }
}
