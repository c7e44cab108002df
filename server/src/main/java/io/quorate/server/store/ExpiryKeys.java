package io.quorate.server.store;

import io.quorate.api.Bytes;
import io.quorate.core.log.Space;
import io.quorate.core.port.Expiries.Due;
import io.quorate.core.wire.MalformedException;
import java.nio.ByteBuffer;

/**
 * Version 1 of the keys of the expiry family: partition (4 bytes), key generation (4), when the record expires (8, its
 * sign bit turned over so that earlier times come first), the space's code (1), the record's key.
 *
 * <p>They stand between {@link DataKeys#begin} and {@link DataKeys#end}.
 */
final class ExpiryKeys {
    private static final int PREFIX_BYTES = DataKeys.PREFIX_BYTES + Long.BYTES + 1;

    private ExpiryKeys() {}

    static byte[] of(int partition, int keyGeneration, Due due) {
        byte[] whole = new byte[PREFIX_BYTES + due.key().length()];
        ByteBuffer.wrap(whole)
                .putInt(partition)
                .putInt(keyGeneration)
                .putLong(due.expiresMillis() ^ Long.MIN_VALUE)
                .put((byte) due.space().code());
        due.key().copyTo(whole, PREFIX_BYTES);
        return whole;
    }

    /** Which record the key is about; throws {@link MalformedException}. */
    static Due due(byte[] whole) {
        if (whole.length < PREFIX_BYTES) {
            throw new MalformedException("a key of " + whole.length + " bytes in the expiry family");
        }
        ByteBuffer from = ByteBuffer.wrap(whole).position(DataKeys.PREFIX_BYTES);
        long expiresMillis = from.getLong() ^ Long.MIN_VALUE;
        Space space = space(from.get());
        return new Due(space, Bytes.copyOf(whole, PREFIX_BYTES, whole.length - PREFIX_BYTES), expiresMillis);
    }

    private static Space space(int code) {
        for (Space space : Space.values()) {
            if (space.code() == code) {
                return space;
            }
        }
        throw new MalformedException("the unknown space " + code + " in the expiry family");
    }
}
