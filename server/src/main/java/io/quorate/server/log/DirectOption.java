package io.quorate.server.log;

import java.nio.file.OpenOption;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The option that makes a file's reads and writes go around the page cache. It is the JDK's own and not part of Java SE,
 * so it is looked up by name: a runtime without the module jdk.unsupported still works, through the cache.
 */
final class DirectOption {
    private static final Optional<OpenOption> OPTION = find();

    private DirectOption() {}

    static Optional<OpenOption> direct() {
        return OPTION;
    }

    private static Optional<OpenOption> find() {
        try {
            Object[] options =
                    Class.forName("com.sun.nio.file.ExtendedOpenOption").getEnumConstants();
            return Stream.ofNullable(options)
                    .flatMap(Stream::of)
                    .filter(option -> option.toString().equals("DIRECT"))
                    .filter(OpenOption.class::isInstance)
                    .map(OpenOption.class::cast)
                    .findFirst();
        } catch (ClassNotFoundException absent) {
            return Optional.empty();
        }
    }
}
