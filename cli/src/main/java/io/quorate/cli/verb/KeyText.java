package io.quorate.cli.verb;

import io.quorate.api.Bytes;
import io.quorate.api.Value;
import io.quorate.api.ValueForm;
import java.util.Base64;
import java.util.Map;

/** How keys and values are printed, which are bytes. */
final class KeyText {
    /** Of a value among other things, people see no more characters than this. */
    static final int MAX_VALUE_CHARS = 60;

    private KeyText() {}

    /** The text, or another text that says the bytes. */
    private static String whole(Bytes bytes) {
        return bytes.asUtf8().orElseGet(() -> "base64:" + base64(bytes));
    }

    /** On one line and harmless for a terminal, whatever the bytes are. */
    static String onOneLine(Bytes bytes) {
        return shown(bytes, Integer.MAX_VALUE);
    }

    /** On one line, whatever the bytes are, and no longer than that. */
    static String shown(Bytes bytes, int maxChars) {
        return shown(whole(bytes), maxChars);
    }

    /** The text on one line, and no longer than that. */
    static String shown(String text, int maxChars) {
        StringBuilder shown = new StringBuilder();
        text.codePoints()
                .limit(maxChars)
                .forEach(letter -> shown.appendCodePoint(Character.isISOControl(letter) ? '·' : letter));
        return shown + (text.codePointCount(0, text.length()) > maxChars ? "…" : "");
    }

    /** The members that make a value. */
    static void putValue(Map<String, Object> json, Value value) {
        putBytes(json, "value", value.bytes());
        if (value.form() == ValueForm.RAW) {
            json.put("contentType", value.contentType());
        }
    }

    /** A member with the bytes as text, or under {@code <name>Base64} when they are not UTF-8. */
    static void putBytes(Map<String, Object> json, String name, Bytes bytes) {
        bytes.asUtf8().ifPresentOrElse(text -> json.put(name, text), () -> json.put(name + "Base64", base64(bytes)));
    }

    private static String base64(Bytes bytes) {
        return Base64.getEncoder().encodeToString(bytes.toArray());
    }
}
