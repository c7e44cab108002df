package io.quorate.spec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A configuration of TLC, and what it is to find.
 *
 * @param module the specification that it is a model of
 * @param says what the model is about, in a sentence
 * @param violated the invariant that does not hold; empty when all hold
 */
record Model(Path file, String module, String says, Optional<String> violated, String text) {
    private static final Pattern HEAD =
            Pattern.compile("\\\\\\* (\\w+): (.+)\\R\\\\\\* (?:Holds\\.|Violates (\\w+)\\.)\\R");
    private static final Pattern BROKEN = Pattern.compile("(?m)^    Broken = \\{(.*)}$");
    private static final Pattern WORD = Pattern.compile("\"(\\w+)\"");

    /** All models of the folder, in the order of their names. */
    static List<Model> all(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".cfg"))
                    .sorted()
                    .map(Model::read)
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Model read(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Matcher head = HEAD.matcher(text);
        if (!head.lookingAt()) {
            throw new IllegalStateException(file + " does not begin with '\\* Module: what it is about' and, in the"
                    + " second line, '\\* Holds.' or '\\* Violates AnInvariant.'");
        }
        return new Model(file, head.group(1), head.group(2), Optional.ofNullable(head.group(3)), text);
    }

    String name() {
        return file.getFileName().toString().replace(".cfg", "");
    }

    /** The rules that the model leaves out. */
    List<String> broken() {
        Matcher broken = BROKEN.matcher(text);
        return broken.find() ? words(broken.group(1)) : List.of();
    }

    /** The rules that models of a specification can leave out. */
    static List<String> rules(Path specification) throws IOException {
        String text = Files.readString(specification);
        int begin = text.indexOf("Rules == {");
        return words(text.substring(begin, text.indexOf('}', begin)));
    }

    private static List<String> words(String text) {
        return WORD.matcher(text).results().map(word -> word.group(1)).toList();
    }
}
