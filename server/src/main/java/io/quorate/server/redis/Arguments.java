package io.quorate.server.redis;

import io.quorate.api.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The words of a command.
 *
 * @param words its name first
 */
record Arguments(List<Bytes> words) {
    private static final int MAX_NUMBER_BYTES = 20;

    int count() {
        return words.size();
    }

    Bytes at(int place) {
        return words.get(place);
    }

    /** The words from a place on. */
    List<Bytes> from(int place) {
        return words.subList(place, words.size());
    }

    /** The name of the command, as Redis writes it in sentences. */
    String name() {
        return words.getFirst().toString().toLowerCase(Locale.ROOT);
    }

    /** A word of the command's language, in capitals. */
    String word(int place) {
        return word(at(place));
    }

    static String word(Bytes given) {
        return new String(given.toArray(), StandardCharsets.ISO_8859_1).toUpperCase(Locale.ROOT);
    }

    /** A whole number of 64 bits, written in the one way that it has. */
    long whole(int place) throws RefusedException {
        return number(at(place)).orElseThrow(Errors::notAnInteger);
    }

    static Optional<Long> number(Bytes given) {
        if (given.isEmpty() || given.length() > MAX_NUMBER_BYTES) {
            return Optional.empty();
        }
        String text = new String(given.toArray(), StandardCharsets.ISO_8859_1);
        try {
            long number = Long.parseLong(text);
            return Long.toString(number).equals(text) ? Optional.of(number) : Optional.empty();
        } catch (NumberFormatException notOne) {
            return Optional.empty();
        }
    }
}
