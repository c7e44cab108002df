package io.quorate.core.log;

import io.quorate.api.Bytes;
import io.quorate.api.IdempotencyKey;
import io.quorate.api.Revision;
import io.quorate.api.Session;
import io.quorate.api.SessionSequence;
import io.quorate.api.WriteName;
import java.nio.ByteBuffer;

/**
 * The ids in {@link Space#REMEMBERED}: the digest of an idempotency key, of 16 bytes; or {@code 'S'}, term and index of
 * where a session was opened, of 17 bytes.
 */
public final class RememberedIds {
    private static final byte SESSION = 'S';

    /** The bytes of a session's id. */
    private static final int SESSION_BYTES = 1 + 2 * Long.BYTES;

    /** The longest id, in bytes. */
    public static final int MAX_BYTES = SESSION_BYTES;

    private RememberedIds() {}

    /** Under which it is remembered what became of a write of that name. */
    public static Bytes of(WriteName name) {
        return switch (name) {
            case IdempotencyKey key -> key.id();
            case SessionSequence sequence -> ofSession(sequence.session().opened());
        };
    }

    /** Of the session that was opened there. */
    public static Bytes ofSession(Revision opened) {
        return Bytes.wrap(ByteBuffer.allocate(SESSION_BYTES)
                .put(SESSION)
                .putLong(opened.term())
                .putLong(opened.index())
                .array());
    }

    /** Whether it is the id of a {@link Session}. */
    public static boolean isOfSession(Bytes id) {
        return id.length() == SESSION_BYTES && id.at(0) == SESSION;
    }

    /** Whether it is any id. */
    public static boolean isValid(Bytes id) {
        return id.length() == IdempotencyKey.ID_BYTES || isOfSession(id);
    }
}
