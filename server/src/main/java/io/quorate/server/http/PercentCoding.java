package io.quorate.server.http;

import io.quorate.api.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** The percent-encoding of RFC 3986 over bytes. */
final class PercentCoding {
    private static final String UNRESERVED = "-._~";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private PercentCoding() {}

    /**
     * Decodes once. Characters from 0x80 to 0xFF are the bytes that a client sent without encoding them.
     *
     * @param plusIsSpace whether a plus is a space, as in queries
     * @return empty when a percent sign is not followed by two hexadecimal digits, or a character cannot be in a target
     */
    static Optional<Bytes> decode(String raw, boolean plusIsSpace) {
        byte[] decoded = new byte[raw.length()];
        int length = 0;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                int value = hexByte(raw, i + 1);
                if (value < 0) {
                    return Optional.empty();
                }
                decoded[length++] = (byte) value;
                i += 2;
            } else if (c <= ' ' || c == 0x7F || c > 0xFF) {
                return Optional.empty();
            } else {
                decoded[length++] = (byte) (c == '+' && plusIsSpace ? ' ' : c);
            }
        }
        return Optional.of(Bytes.wrap(length == decoded.length ? decoded : Arrays.copyOf(decoded, length)));
    }

    /** Encodes every byte that is not a letter, a digit or one of {@code - . _ ~}. */
    static String encode(Bytes bytes) {
        StringBuilder encoded = new StringBuilder(bytes.length() + 16);
        for (int i = 0; i < bytes.length(); i++) {
            int b = bytes.at(i) & 0xFF;
            if (isAsciiLetterOrDigit(b) || UNRESERVED.indexOf(b) >= 0) {
                encoded.append((char) b);
            } else {
                HEX.toHexDigits(encoded.append('%'), (byte) b);
            }
        }
        return encoded.toString();
    }

    static String encode(String text) {
        return encode(Bytes.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static int hexByte(String raw, int at) {
        if (at + 2 > raw.length()
                || !HexFormat.isHexDigit(raw.charAt(at))
                || !HexFormat.isHexDigit(raw.charAt(at + 1))) {
            return -1;
        }
        return HexFormat.fromHexDigit(raw.charAt(at)) << 4 | HexFormat.fromHexDigit(raw.charAt(at + 1));
    }

    private static boolean isAsciiLetterOrDigit(int b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9');
    }
}
