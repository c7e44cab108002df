package io.quorate.client;

import io.quorate.api.ReadOutcome.Served;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import java.time.Duration;
import java.util.Optional;

/**
 * What came of a read.
 *
 * <pre>{@code
 * String name = switch (client.get(Bytes.utf8("name"))) {
 *     case ReadResult.Found found -> found.value().bytes().asUtf8().orElse("(bytes)");
 *     case ReadResult.Missing missing -> "(nobody)";
 *     case ReadResult.NotServed(Refusal why) -> throw new IllegalStateException(why.detail());
 * };
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public sealed interface ReadResult extends BatchItemResult {
    /**
     * The key exists.
     *
     * @param value its bytes, their media type, and whether they were given as JSON
     * @param revision of this version
     * @param timeToLive how long it still lives, at least 1 ms, measured when the answer was sent, or for an item of a
     *     batch by the clock of this machine when the answer arrived; empty when it does not expire
     * @param served who answered; its worker and role are empty for an item of a batch, of which no answer tells it
     */
    record Found(Value value, Revision revision, Optional<Duration> timeToLive, Served served) implements ReadResult {}

    /** The key does not exist. */
    record Missing(Served served) implements ReadResult {}

    /**
     * It was not answered within the deadline; reads change nothing, so it may be asked again.
     *
     * @param why the last reason that was given
     */
    record NotServed(Refusal why) implements ReadResult {}
}
