package io.quorate.server.store;

import io.quorate.api.Bytes;
import java.io.ByteArrayOutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/**
 * The name of a key's file: the key in URL encoding, or {@code .sha256-<hex>} when that is longer than 200 bytes,
 * begins with a dot, or is the name of a file that a worker keeps in the same folder.
 */
final class JsonNames {
    private static final int MAX_NAME_BYTES = 200;
    private static final String HASHED = ".sha256-";
    private static final String UNRESERVED = "-_~.";
    private static final Set<String> TAKEN = Set.of("pid", "process.json");
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private JsonNames() {}

    static String of(Bytes key) {
        String encoded = encode(key);
        return encoded.length() > MAX_NAME_BYTES || encoded.startsWith(".") || TAKEN.contains(encoded)
                ? HASHED + sha256(key)
                : encoded;
    }

    /** Whether the name does not tell the key. */
    static boolean isHashed(String name) {
        return name.startsWith(HASHED);
    }

    /** Letters, digits and {@code -_~.} as they are, every other byte as {@code %XX}. */
    static String encode(Bytes key) {
        StringBuilder text = new StringBuilder(key.length() + 16);
        for (int i = 0; i < key.length(); i++) {
            byte each = key.at(i);
            if (isPlain(each)) {
                text.append((char) each);
            } else {
                text.append('%').append(HEX.toHexDigits(each));
            }
        }
        return text.toString();
    }

    /** The key of which this is the encoding; throws {@link IllegalArgumentException} when it is none. */
    static Bytes decode(String encoded) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char each = encoded.charAt(i);
            if (each == '%' && i + 2 < encoded.length()) {
                bytes.write(HexFormat.fromHexDigits(encoded, i + 1, i + 3));
                i += 2;
            } else {
                bytes.write(each);
            }
        }
        Bytes key = Bytes.wrap(bytes.toByteArray());
        if (key.isEmpty() || !encode(key).equals(encoded)) {
            throw new IllegalArgumentException("not the encoding of a key: " + encoded);
        }
        return key;
    }

    /**
     * The key that another program's URL encoding means: any byte may be encoded, in small digits too, and {@code +} is
     * a space, as one that means a plus encodes it. Throws {@link IllegalArgumentException} when it is none.
     */
    static Bytes decodeForeign(String encoded) {
        if (!StandardCharsets.US_ASCII.newEncoder().canEncode(encoded)) {
            throw new IllegalArgumentException("not in URL encoding: " + encoded);
        }
        try {
            return Bytes.wrap(
                    URLDecoder.decode(encoded, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException("not in URL encoding: " + encoded, malformed);
        }
    }

    /** Whether something that is no key may have the name. */
    static boolean isDoubtful(String name) {
        return !isHashed(name) && (name.startsWith(".") || TAKEN.contains(name));
    }

    private static boolean isPlain(byte each) {
        return (each >= 'a' && each <= 'z')
                || (each >= 'A' && each <= 'Z')
                || (each >= '0' && each <= '9')
                || UNRESERVED.indexOf(each) >= 0;
    }

    private static String sha256(Bytes key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(key.asBuffer());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
