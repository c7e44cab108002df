package io.quorate.simulation.history;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** JSON objects of texts, whole numbers and flags, and of nothing else (a part of RFC 8259). */
final class FlatJson {
    private final String text;
    private int at;

    private FlatJson(String text) {
        this.text = text;
    }

    /** The members of an object; each is taken once. */
    static final class Fields {
        private final Map<String, Object> left;

        private Fields(Map<String, Object> left) {
            this.left = left;
        }

        String text(String name) {
            return required(name, textIfAny(name));
        }

        long number(String name) {
            return required(name, numberIfAny(name));
        }

        Optional<String> textIfAny(String name) {
            return taken(name, String.class);
        }

        Optional<Long> numberIfAny(String name) {
            return taken(name, Long.class);
        }

        Optional<Boolean> flagIfAny(String name) {
            return taken(name, Boolean.class);
        }

        void nothingElse() {
            if (!left.isEmpty()) {
                throw new IllegalArgumentException("these do not belong here: " + left.keySet());
            }
        }

        private <T> Optional<T> taken(String name, Class<T> type) {
            Object value = left.remove(name);
            if (value != null && !type.isInstance(value)) {
                throw new IllegalArgumentException("'%s' is not a %s".formatted(name, type.getSimpleName()));
            }
            return Optional.ofNullable(value).map(type::cast);
        }

        private static <T> T required(String name, Optional<T> value) {
            return value.orElseThrow(() -> new IllegalArgumentException("'" + name + "' is missing"));
        }
    }

    /** The object in one line; members are texts, longs and booleans. */
    static String write(Map<String, Object> fields) {
        StringBuilder json = new StringBuilder("{");
        fields.forEach((name, value) -> {
            json.append(json.length() > 1 ? "," : "");
            quote(json, name);
            json.append(':');
            if (value instanceof String string) {
                quote(json, string);
            } else {
                json.append(value);
            }
        });
        return json.append('}').toString();
    }

    /** @throws IllegalArgumentException when the text is anything but one such object */
    static Fields read(String text) {
        return new FlatJson(text).object();
    }

    private static void quote(StringBuilder json, String text) {
        json.append('"');
        for (int each = 0; each < text.length(); each++) {
            char letter = text.charAt(each);
            if (letter == '"' || letter == '\\') {
                json.append('\\').append(letter);
            } else if (letter < ' ' || Character.isSurrogate(letter)) {
                json.append("\\u%04x".formatted((int) letter));
            } else {
                json.append(letter);
            }
        }
        json.append('"');
    }

    private Fields object() {
        Map<String, Object> members = new TreeMap<>();
        expect('{');
        if (!accept('}')) {
            do {
                String name = string();
                expect(':');
                if (members.put(name, value()) != null) {
                    throw wrong("'" + name + "' stands twice");
                }
            } while (accept(','));
            expect('}');
        }
        skipSpace();
        if (at < text.length()) {
            throw wrong("something follows the object");
        }
        return new Fields(members);
    }

    private Object value() {
        skipSpace();
        if (at < text.length() && text.charAt(at) == '"') {
            return string();
        }
        int from = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '-')) {
            at++;
        }
        String word = text.substring(from, at);
        if (word.equals("true") || word.equals("false")) {
            return Boolean.valueOf(word);
        }
        if (word.matches("-?(0|[1-9][0-9]{0,18})")) {
            try {
                return Long.valueOf(word);
            } catch (NumberFormatException tooLarge) {
                throw wrong(word + " is too large");
            }
        }
        throw wrong("a text, a whole number, true or false is expected");
    }

    private String string() {
        expect('"');
        StringBuilder string = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '"') {
            char letter = text.charAt(at++);
            if (letter < ' ') {
                throw wrong("a control character is not escaped");
            }
            string.append(letter == '\\' ? escaped() : letter);
        }
        if (at == text.length()) {
            throw wrong("a text has no end");
        }
        at++;
        return string.toString();
    }

    private char escaped() {
        char letter = at < text.length() ? text.charAt(at++) : ' ';
        return switch (letter) {
            case '"', '\\', '/' -> letter;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw wrong("an unknown escape");
        };
    }

    private char unicode() {
        int end = at + 4;
        if (end > text.length() || !text.substring(at, end).matches("[0-9a-fA-F]{4}")) {
            throw wrong("four hexadecimal digits are expected");
        }
        char letter = (char) Integer.parseInt(text, at, end, 16);
        at = end;
        return letter;
    }

    private void expect(char letter) {
        if (!accept(letter)) {
            throw wrong("'" + letter + "' is expected");
        }
    }

    private boolean accept(char letter) {
        skipSpace();
        boolean there = at < text.length() && text.charAt(at) == letter;
        at += there ? 1 : 0;
        return there;
    }

    private void skipSpace() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("%s at character %d".formatted(what, at + 1));
    }
}
