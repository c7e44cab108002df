package io.quorate.client;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Consistency;
import io.quorate.api.Value;
import java.time.Duration;
import java.util.List;

/**
 * Reads, writes, lists and watches the keys of a cluster. It knows who leads each partition and asks that worker; it tries
 * again, within its deadline, what is safe to try again.
 *
 * <pre>{@code
 * try (QuorateClient client = QuorateClient.builder().address("http://127.0.0.1:8000").build()) {
 *     client.put(Bytes.utf8("greeting"), Value.json("hello"));
 *     ReadResult read = client.get(Bytes.utf8("greeting"));
 * }
 * }</pre>
 *
 * <p>The methods here block the calling thread until there is a result, at most for the deadline; {@link #async} has the
 * same ones with futures. What can be expected to happen is a result: {@link ReadResult}, {@link WriteResult}, {@link
 * AtomicResult}, {@link PageResult}, {@link CountResult}. Exceptions are mistakes: {@link IllegalArgumentException} for an
 * argument that has no form over HTTP, {@link IllegalStateException} for a closed client; a watch and a listing, which have
 * no one result, end with {@link WatchEndedException} and {@link ListingEndedException}. A thread that is interrupted gets
 * the result that is known so far and stays interrupted. A key has 1 to {@value io.quorate.api.Limits#MAX_KEY_BYTES}
 * bytes; any other is refused as a result.
 *
 * <p>Thread-safe. One client is meant to serve a whole process.
 */
public final class QuorateClient implements AutoCloseable {
    private final Engine engine;
    private final AsyncQuorateClient async;

    QuorateClient(Engine engine) {
        this.engine = engine;
        this.async = new AsyncQuorateClient(engine);
    }

    /** A client is made with it. */
    public static QuorateClientBuilder builder() {
        return new QuorateClientBuilder();
    }

    /** The same calls with futures, of the same client. */
    public AsyncQuorateClient async() {
        return async;
    }

    /** Reads what was written last. */
    public ReadResult get(Bytes key) {
        return get(key, Consistency.LINEARIZABLE);
    }

    /** Reads with the given promise: {@link #get(Bytes, ReadOptions)} with that and nothing further. */
    public ReadResult get(Bytes key, Consistency consistency) {
        return get(key, ReadOptions.of(consistency));
    }

    /**
     * Reads what is to be seen at least. A linearizable read asks the leader; one that promises less asks the replicas of
     * the key in turn, and a replica that does not reach far enough has the leader answer. {@link
     * io.quorate.api.ReadOutcome.Served} tells what was given.
     */
    public ReadResult get(Bytes key, ReadOptions options) {
        return engine.now(Calls.read(key, options));
    }

    /** Stores a value, whatever was there, until it is deleted. */
    public WriteResult put(Bytes key, Value value) {
        return write(new Command.Put(key, value));
    }

    /** Removes the key, if it is there. */
    public WriteResult delete(Bytes key) {
        return write(new Command.Delete(key));
    }

    /**
     * Adds to the whole number of 64 bits under the key, which is 0 when there is none. A value that is no such number is
     * {@code not-an-integer}, and so is a sum that would not be one.
     */
    public WriteResult add(Bytes key, long amount) {
        return write(new Command.Add(key, amount));
    }

    /**
     * Lets the key expire so long after this write; {@code key-not-found} when it is not there.
     *
     * @param timeToLive 1 ms to a hundred years, of which milliseconds count
     */
    public WriteResult expire(Bytes key, Duration timeToLive) {
        return write(Calls.expire(key, timeToLive));
    }

    /** Lets the key live until it is deleted; {@code key-not-found} when it is not there. */
    public WriteResult persist(Bytes key) {
        return write(Calls.persist(key));
    }

    /**
     * Writes under a condition, or with a time to live: {@code new Command.Put(key, value, new Condition.Absent(), new
     * Lifetime.For(30_000))}. The client names the write, so that it is done once however often it is sent.
     *
     * @throws IllegalArgumentException for {@link Command.Replicate}, for a lifetime other than {@code Forever} and {@code
     *     For}, for a value of form JSON that is not UTF-8, and for a content type that is longer than {@value
     *     io.quorate.api.Limits#MAX_CONTENT_TYPE_BYTES} or not printable ASCII
     */
    public WriteResult write(Command command) {
        return engine.now(Calls.write(command));
    }

    /**
     * Writes on more replicas than the write quorum, or to learn how it goes.
     *
     * @throws IllegalArgumentException as {@link #write(Command, String)}
     */
    public WriteResult write(Command command, WriteOptions options) {
        return engine.now(Calls.write(command, options));
    }

    /**
     * Writes under a name of the caller's: whoever sends the same again within ten minutes gets the outcome of the first
     * and changes nothing. {@link WriteResult.NotApplied} speaks of this call alone; to ask again what became of a write, see
     * {@link #write(Command, WriteResult.Unknown)}.
     *
     * @param idempotencyKey 1 to 255 characters of printable ASCII; the same name with another write is {@code
     *     idempotency-reused}
     * @throws IllegalArgumentException for another name, and as {@link #write(Command)}
     */
    public WriteResult write(Command command, String idempotencyKey) {
        return engine.now(Calls.write(command, idempotencyKey));
    }

    /**
     * Asks again what became of a write, under the name that it had: it is done now if it was not before, once. Whatever is
     * answered speaks of the earlier attempts too, so it is never {@link WriteResult.NotApplied}.
     *
     * @param command the same as before
     * @throws IllegalArgumentException as {@link #write(Command)}
     */
    public WriteResult write(Command command, WriteResult.Unknown earlier) {
        return engine.now(Calls.write(command, earlier));
    }

    /**
     * Does several writes and reads at the same time, each for itself: they are in no order, and some may be done although
     * others are not. The batch is named with a random UUID and each of its writes with that and its number, so that each is
     * done once however often the batch is sent: it is sent again as long as an item has no result that lasts.
     *
     * @param items 1 to {@value io.quorate.api.WriteRequest#MAX_COMMANDS}; the values that they read have together at most
     *     4 MiB, and one beyond that is {@code value-too-large}; what they write has together at most 6 MiB as JSON
     * @return what became of each, in their order. A write of unknown fate can be asked for by itself, with {@link
     *     #write(Command, WriteResult.Unknown)}
     * @throws IllegalArgumentException for another number of items, and as {@link #write(Command)}
     */
    public List<BatchItemResult> batch(List<BatchItem> items) {
        return engine.now(Calls.batch(items));
    }

    /**
     * The same under a name of the caller's: whoever sends the same items in the same order again within ten minutes gets
     * the outcomes of the first time.
     *
     * @param idempotencyKey 1 to 251 characters of printable ASCII
     * @throws IllegalArgumentException for another name, and as {@link #batch(List)}
     */
    public List<BatchItemResult> batch(List<BatchItem> items, String idempotencyKey) {
        return engine.now(Calls.batch(items, idempotencyKey));
    }

    /**
     * Does several writes of one partition in one entry of the log, all of them or none: each finds what those before it
     * leave. Keys share a partition when they have the same tag in braces, {@code {user7}/name} and {@code {user7}/mail};
     * others are {@code bad-request}. It is named with a random UUID, so that it is done once however often it is sent.
     *
     * @param commands 1 to {@value io.quorate.api.WriteRequest#MAX_COMMANDS}; their values have together at most 1 MiB
     * @throws IllegalArgumentException for another number of commands, and as {@link #write(Command)}
     */
    public AtomicResult atomicBatch(List<Command> commands) {
        return atomicBatch(commands, WriteOptions.usual());
    }

    /**
     * The same under a name of the caller's: whoever sends the same commands again within ten minutes gets the outcome of
     * the first time.
     *
     * @param idempotencyKey 1 to 255 characters of printable ASCII
     * @throws IllegalArgumentException for another name, and as {@link #atomicBatch(List)}
     */
    public AtomicResult atomicBatch(List<Command> commands, String idempotencyKey) {
        return atomicBatch(commands, WriteOptions.usual().named(idempotencyKey));
    }

    /**
     * Does it on more replicas than the write quorum, or under a name of the caller's.
     *
     * @throws IllegalArgumentException if it is to be explained, and as {@link #atomicBatch(List, String)}
     */
    public AtomicResult atomicBatch(List<Command> commands, WriteOptions options) {
        return engine.now(Calls.atomicBatch(commands, options));
    }

    /** Asks again what became of such a batch, as {@link #write(Command, WriteResult.Unknown)}. */
    public AtomicResult atomicBatch(List<Command> commands, AtomicResult.Unknown earlier) {
        return engine.now(Calls.atomicBatch(commands, earlier));
    }

    /**
     * Lists the keys of the whole cluster that begin with a prefix, ascending, page after page while somebody goes through
     * them. Nobody is asked before that.
     */
    public Listing list(ListOptions options) {
        return engine.listing(options);
    }

    /** One page of that; the next one is asked for from its cursor. */
    public PageResult page(ListOptions options) {
        return engine.now(Calls.page(options));
    }

    /** How many keys of the whole cluster begin with the prefix; empty for all keys. */
    public CountResult count(Bytes prefix) {
        return engine.now(Calls.count(prefix));
    }

    /**
     * Watches keys: their committed changes, those of one key in their order, each once. The first event is {@link
     * WatchEvent.Progress}, and nothing that is written from then on is missed. When a connection breaks, the watch goes
     * on at another worker where it was.
     *
     * @throws WatchEndedException as {@code overloaded} when this client has 256 watches
     */
    public Watch watch(WatchOptions options) {
        return engine.watches().watch(options);
    }

    /**
     * Gives up all connections. Watches end. What is under way ends at once: a write that may have been taken as {@link
     * WriteResult.Unknown}. Later calls throw {@link IllegalStateException}.
     */
    @Override
    public void close() {
        engine.close();
    }
}
