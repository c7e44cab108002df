package io.quorate.api;

/**
 * What a client stores under a key.
 *
 * @param bytes the content, possibly empty
 * @param contentType its media type, at most {@link Limits#MAX_CONTENT_TYPE_BYTES}; empty for form json
 * @param form how it was given
 */
public record Value(Bytes bytes, String contentType, ValueForm form) {
    /** The media type of bytes about which nothing is known. */
    public static final String OCTET_STREAM = "application/octet-stream";

    /** Whether a value can have that media type: of bounded length, in printable ASCII. */
    public static boolean isStorableType(String contentType) {
        return contentType.length() <= Limits.MAX_CONTENT_TYPE_BYTES
                && contentType.chars().allMatch(letter -> letter >= ' ' && letter <= '~');
    }

    /** A value given as a JSON string. */
    public static Value json(String text) {
        return new Value(Bytes.utf8(text), "", ValueForm.JSON);
    }

    /** A value given as bytes of a media type. */
    public static Value raw(Bytes bytes, String contentType) {
        return new Value(bytes, contentType, ValueForm.RAW);
    }
}
