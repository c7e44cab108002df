package io.quorate.cli;

/** What others said, as a sentence that another one may follow. */
public final class Sentence {
    private Sentence() {}

    /** The same with a full stop, unless it has an end. */
    public static String ended(String text) {
        String stripped = text.stripTrailing();
        boolean hasEnd = stripped.endsWith(".") || stripped.endsWith("!") || stripped.endsWith("?");
        return stripped.isEmpty() || hasEnd ? stripped : stripped + ".";
    }
}
