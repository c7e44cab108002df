package io.quorate.client;

/**
 * What became of one item of a batch: a {@link WriteResult} of a {@link BatchItem.Write}, a {@link ReadResult} of a
 * {@link BatchItem.Read}.
 *
 * <pre>{@code
 * switch (client.batch(items).getFirst()) {
 *     case WriteResult.Applied applied -> count(applied.sum().orElseThrow());
 *     case WriteResult other -> complain(other);
 *     case ReadResult read -> throw new IllegalStateException("it was a write");
 * }
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public sealed interface BatchItemResult permits ReadResult, WriteResult {}
