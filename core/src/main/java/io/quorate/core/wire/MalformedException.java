package io.quorate.core.wire;

/**
 * Bytes that are not what they should be: cut off, damaged, or of a format that this release does not know.
 *
 * <p>A {@link ByteReader} and every codec on top of it throw nothing else, whatever the bytes.
 */
public final class MalformedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what is wrong, and where
     */
    public MalformedException(String message) {
        super(message);
    }
}
