package io.quorate.client;

/**
 * What came of counting keys.
 *
 * <pre>{@code
 * if (client.count(Bytes.utf8("user/")) instanceof CountResult.Counted(long users)) {
 *     show(users);
 * }
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public sealed interface CountResult {
    /**
     * So many there are; each partition was counted at a moment of its own.
     *
     * @param count at least 0
     */
    record Counted(long count) implements CountResult {}

    /**
     * It was not answered within the deadline; it may be asked again.
     *
     * @param why the last reason that was given
     */
    record NotServed(Refusal why) implements CountResult {}
}
