package io.quorate.client;

import io.quorate.api.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads one JSON text as RFC 8259 has it: nothing before or after but white space, no name twice in an object, no lone
 * surrogate, at most {@link #MAX_DEPTH} objects and arrays within each other.
 *
 * <p>Whoever hands the bytes over has bounded their number; what is read is a small multiple of that.
 */
final class JsonReader {
    /** The most objects and arrays within each other. */
    static final int MAX_DEPTH = 32;

    private static final Pattern NUMBER = Pattern.compile("-?(?:0|[1-9]\\d*+)(?:\\.\\d++)?(?:[eE][+-]?\\d++)?");
    private static final int HEX_DIGITS = 4;

    private final String text;
    private int at;

    private JsonReader(String text) {
        this.text = text;
    }

    /** The value, or empty when the bytes are no JSON text. */
    static Optional<Json> read(Bytes bytes) {
        return bytes.asUtf8().flatMap(text -> {
            try {
                return Optional.of(new JsonReader(text).whole());
            } catch (MalformedException malformed) {
                return Optional.empty();
            }
        });
    }

    /** Ends the reading of a text that is no JSON; never leaves this class. */
    private static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedException() {
            super("no JSON", null, false, false);
        }
    }

    private Json whole() throws MalformedException {
        Json value = value(0);
        skipSpace();
        require(at == text.length());
        return value;
    }

    private Json value(int depth) throws MalformedException {
        skipSpace();
        return switch (peek()) {
            case '{' -> members(depth + 1);
            case '[' -> elements(depth + 1);
            case '"' -> new Json.Text(string());
            case 't' -> word("true", new Json.Truth(true));
            case 'f' -> word("false", new Json.Truth(false));
            case 'n' -> word("null", new Json.Null());
            default -> number();
        };
    }

    private Json members(int depth) throws MalformedException {
        require(depth <= MAX_DEPTH);
        Map<String, Json> members = new LinkedHashMap<>();
        at++;
        if (skipSpaceAnd('}')) {
            return new Json.Members(members);
        }
        do {
            skipSpace();
            require(peek() == '"');
            String name = string();
            require(skipSpaceAnd(':'));
            require(members.put(name, value(depth)) == null);
        } while (skipSpaceAnd(','));
        require(skipSpaceAnd('}'));
        return new Json.Members(members);
    }

    private Json elements(int depth) throws MalformedException {
        require(depth <= MAX_DEPTH);
        List<Json> elements = new ArrayList<>();
        at++;
        if (skipSpaceAnd(']')) {
            return new Json.Elements(elements);
        }
        do {
            elements.add(value(depth));
        } while (skipSpaceAnd(','));
        require(skipSpaceAnd(']'));
        return new Json.Elements(elements);
    }

    private Json word(String word, Json meaning) throws MalformedException {
        require(text.startsWith(word, at));
        at += word.length();
        return meaning;
    }

    private Json number() throws MalformedException {
        Matcher number = NUMBER.matcher(text).region(at, text.length());
        require(number.lookingAt());
        at = number.end();
        return new Json.Numeral(number.group());
    }

    private String string() throws MalformedException {
        at++;
        int from = at;
        StringBuilder unescaped = new StringBuilder();
        while (peek() != '"') {
            char letter = text.charAt(at);
            require(letter >= ' ');
            if (letter == '\\') {
                unescaped.append(text, from, at);
                at++;
                unescaped.append(escaped());
                from = at;
            } else {
                at++;
            }
        }
        unescaped.append(text, from, at);
        at++;
        return whole(unescaped);
    }

    private char escaped() throws MalformedException {
        char letter = peek();
        at++;
        return switch (letter) {
            case '"', '\\', '/' -> letter;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hexadecimal();
            default -> throw new MalformedException();
        };
    }

    private char hexadecimal() throws MalformedException {
        require(at + HEX_DIGITS <= text.length());
        int value = 0;
        for (int i = 0; i < HEX_DIGITS; i++) {
            int digit = Character.digit(text.charAt(at), 16);
            require(digit >= 0 && text.charAt(at) < 0x80);
            value = value << HEX_DIGITS | digit;
            at++;
        }
        return (char) value;
    }

    private static String whole(StringBuilder unescaped) throws MalformedException {
        for (int i = 0; i < unescaped.length(); i++) {
            if (Character.isSurrogate(unescaped.charAt(i))) {
                require(Character.isSupplementaryCodePoint(unescaped.codePointAt(i)));
                i++;
            }
        }
        return unescaped.toString();
    }

    private boolean skipSpaceAnd(char wanted) throws MalformedException {
        skipSpace();
        if (peek() != wanted) {
            return false;
        }
        at++;
        return true;
    }

    private void skipSpace() {
        while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() throws MalformedException {
        require(at < text.length());
        return text.charAt(at);
    }

    private static void require(boolean holds) throws MalformedException {
        if (!holds) {
            throw new MalformedException();
        }
    }
}
