package io.quorate.client;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Consistency;
import io.quorate.api.Value;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

/**
 * The calls of a {@link QuorateClient} with futures; each method is described there.
 *
 * <pre>{@code
 * client.async()
 *         .add(Bytes.utf8("visits"), 1)
 *         .thenAccept(result -> show(result));
 * }</pre>
 *
 * <p>A method returns at once. Its future is completed on a thread of the client's own, which may block, and never
 * exceptionally but for a bug. Beyond the client's calls under way a call is not sent: its result is {@code overloaded}.
 * Cancelling a future does not take back what was sent.
 *
 * <p>Thread-safe. It ends with the client that it belongs to.
 */
public final class AsyncQuorateClient {
    private final Engine engine;

    AsyncQuorateClient(Engine engine) {
        this.engine = engine;
    }

    /** As {@link QuorateClient#get(Bytes)}. */
    public CompletableFuture<ReadResult> get(Bytes key) {
        return get(key, Consistency.LINEARIZABLE);
    }

    /** As {@link QuorateClient#get(Bytes, Consistency)}. */
    public CompletableFuture<ReadResult> get(Bytes key, Consistency consistency) {
        return get(key, ReadOptions.of(consistency));
    }

    /** As {@link QuorateClient#get(Bytes, ReadOptions)}. */
    public CompletableFuture<ReadResult> get(Bytes key, ReadOptions options) {
        return engine.later(Calls.read(key, options));
    }

    /** As {@link QuorateClient#put}. */
    public CompletableFuture<WriteResult> put(Bytes key, Value value) {
        return write(new Command.Put(key, value));
    }

    /** As {@link QuorateClient#delete}. */
    public CompletableFuture<WriteResult> delete(Bytes key) {
        return write(new Command.Delete(key));
    }

    /** As {@link QuorateClient#add}. */
    public CompletableFuture<WriteResult> add(Bytes key, long amount) {
        return write(new Command.Add(key, amount));
    }

    /** As {@link QuorateClient#expire}. */
    public CompletableFuture<WriteResult> expire(Bytes key, Duration timeToLive) {
        return write(Calls.expire(key, timeToLive));
    }

    /** As {@link QuorateClient#persist}. */
    public CompletableFuture<WriteResult> persist(Bytes key) {
        return write(Calls.persist(key));
    }

    /** As {@link QuorateClient#write(Command)}. */
    public CompletableFuture<WriteResult> write(Command command) {
        return engine.later(Calls.write(command));
    }

    /** As {@link QuorateClient#write(Command, WriteOptions)}. */
    public CompletableFuture<WriteResult> write(Command command, WriteOptions options) {
        return engine.later(Calls.write(command, options));
    }

    /** As {@link QuorateClient#write(Command, String)}. */
    public CompletableFuture<WriteResult> write(Command command, String idempotencyKey) {
        return engine.later(Calls.write(command, idempotencyKey));
    }

    /** As {@link QuorateClient#write(Command, WriteResult.Unknown)}. */
    public CompletableFuture<WriteResult> write(Command command, WriteResult.Unknown earlier) {
        return engine.later(Calls.write(command, earlier));
    }

    /** As {@link QuorateClient#batch(List)}. */
    public CompletableFuture<List<BatchItemResult>> batch(List<BatchItem> items) {
        return engine.later(Calls.batch(items));
    }

    /** As {@link QuorateClient#batch(List, String)}. */
    public CompletableFuture<List<BatchItemResult>> batch(List<BatchItem> items, String idempotencyKey) {
        return engine.later(Calls.batch(items, idempotencyKey));
    }

    /** As {@link QuorateClient#atomicBatch(List)}. */
    public CompletableFuture<AtomicResult> atomicBatch(List<Command> commands) {
        return atomicBatch(commands, WriteOptions.usual());
    }

    /** As {@link QuorateClient#atomicBatch(List, String)}. */
    public CompletableFuture<AtomicResult> atomicBatch(List<Command> commands, String idempotencyKey) {
        return atomicBatch(commands, WriteOptions.usual().named(idempotencyKey));
    }

    /** As {@link QuorateClient#atomicBatch(List, WriteOptions)}. */
    public CompletableFuture<AtomicResult> atomicBatch(List<Command> commands, WriteOptions options) {
        return engine.later(Calls.atomicBatch(commands, options));
    }

    /** As {@link QuorateClient#atomicBatch(List, AtomicResult.Unknown)}. */
    public CompletableFuture<AtomicResult> atomicBatch(List<Command> commands, AtomicResult.Unknown earlier) {
        return engine.later(Calls.atomicBatch(commands, earlier));
    }

    /**
     * As {@link QuorateClient#list}, for each subscriber anew. A page is fetched when a key of it is asked for, and kept
     * until all of it was; nothing is open meanwhile. {@code onComplete} means that all keys were told. A subscriber is told
     * {@code onError} with a {@link ListingEndedException} when a page is not served, with an {@link IllegalStateException}
     * when it asks for keys of a closed client, and nothing more once it has cancelled; it may block.
     */
    public Flow.Publisher<ListedKey> list(ListOptions options) {
        return engine.keys(options);
    }

    /** As {@link QuorateClient#page}. */
    public CompletableFuture<PageResult> page(ListOptions options) {
        return engine.later(Calls.page(options));
    }

    /** As {@link QuorateClient#count}. */
    public CompletableFuture<CountResult> count(Bytes prefix) {
        return engine.later(Calls.count(prefix));
    }

    /**
     * As {@link QuorateClient#watch}, for each subscriber anew. No more is read than is asked for, but for what one
     * connection buffers. A subscriber is told {@code onError} with a {@link WatchEndedException} when the watch cannot go
     * on, {@code onComplete} when the client is closed, and nothing more once it has cancelled; it may block.
     */
    public Flow.Publisher<WatchEvent> watch(WatchOptions options) {
        return engine.watches().publisher(options);
    }
}
