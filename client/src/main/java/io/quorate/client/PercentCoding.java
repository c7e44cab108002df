package io.quorate.client;

import io.quorate.api.Bytes;
import java.util.HexFormat;

/** The percent-encoding of RFC 3986 over bytes. */
final class PercentCoding {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private PercentCoding() {}

    /**
     * Encodes every byte that is not a letter, a digit or one of {@code - _ ~}; a dot, too, as {@code .} and {@code ..}
     * between slashes would be taken out of a path.
     */
    static String encode(Bytes bytes) {
        StringBuilder encoded = new StringBuilder(bytes.length() + 16);
        for (int i = 0; i < bytes.length(); i++) {
            int letter = bytes.at(i) & 0xFF;
            if (isPlain(letter)) {
                encoded.append((char) letter);
            } else {
                HEX.toHexDigits(encoded.append('%'), (byte) letter);
            }
        }
        return encoded.toString();
    }

    private static boolean isPlain(int letter) {
        return (letter >= 'a' && letter <= 'z')
                || (letter >= 'A' && letter <= 'Z')
                || (letter >= '0' && letter <= '9')
                || letter == '-'
                || letter == '_'
                || letter == '~';
    }
}
