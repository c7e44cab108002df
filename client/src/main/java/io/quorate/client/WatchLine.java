package io.quorate.client;

import io.quorate.api.Bytes;

/** What one line of a watch says. */
sealed interface WatchLine {
    /** Something for whoever watches. */
    record Told(WatchEvent event) implements WatchLine {}

    /** The watch ends. */
    record Problem(Refusal why) implements WatchLine {}

    /** Nothing that this version knows. */
    record Other() implements WatchLine {}

    /** It is none that a worker writes. */
    record Malformed() implements WatchLine {}

    /** Reads a line. */
    static WatchLine read(Bytes line) {
        return JsonReader.read(line).map(WatchLineReader::read).orElseGet(Malformed::new);
    }
}
