package io.quorate.client;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Condition;
import io.quorate.api.Consistency;
import io.quorate.api.IdempotencyKey;
import io.quorate.api.Lifetime;
import io.quorate.api.Limits;
import io.quorate.api.Partitioning;
import io.quorate.api.Problem;
import io.quorate.api.WriteRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;

/** What callers may ask, checked and made into calls: both forms of a client take theirs from here. */
final class Calls {
    /** What the number of an item adds to the name of its batch: {@code #} and three digits. */
    private static final int ITEM_CHARS = 4;

    private Calls() {}

    static RoutedCall<ReadResult> read(Bytes key, ReadOptions options) {
        Course<ReadResult> course = new ReadCourse<>(
                Requests.read(key, options),
                options.consistency() != Consistency.LINEARIZABLE,
                ReadAnswers::single,
                ReadResult.NotServed::new);
        return new RoutedCall<>(key, course, wrongKey(key));
    }

    static RoutedCall<PageResult> page(ListOptions options) {
        return new RoutedCall<>(routeOf(options.prefix()), new PageCourse(options), wrongPrefix(options.prefix()));
    }

    static RoutedCall<CountResult> count(Bytes prefix) {
        Course<CountResult> course =
                ReadCourse.takingLong(Requests.count(prefix), ReadAnswers::count, CountResult.NotServed::new);
        return new RoutedCall<>(routeOf(prefix), course, wrongPrefix(prefix));
    }

    static RoutedCall<WriteResult> write(Command command) {
        return new RoutedCall<>(command.key(), new UnnamedWrite(Requests.unnamed(command)), wrongKey(command.key()));
    }

    static RoutedCall<WriteResult> write(Command command, String idempotencyKey) {
        requireName(idempotencyKey, IdempotencyKey.MAX_CHARS);
        return new RoutedCall<>(
                command.key(), named(Requests.unnamed(command), idempotencyKey), wrongKey(command.key()));
    }

    /** A name of the client's own was told for a write whose fate is not known, and so has been sent before. */
    private static Course<WriteResult> named(WireRequest request, String name) {
        return SessionName.isOne(name) ? WriteCourse.again(request, name) : WriteCourse.of(request, name);
    }

    static RoutedCall<WriteResult> write(Command command, WriteResult.Unknown earlier) {
        Course<WriteResult> course = WriteCourse.again(Requests.unnamed(command), earlier.idempotencyKey());
        return new RoutedCall<>(command.key(), course, wrongKey(command.key()));
    }

    static RoutedCall<WriteResult> write(Command command, WriteOptions options) {
        WireRequest request = Requests.unnamed(command, options);
        return options.idempotencyKey()
                .map(name -> {
                    requireName(name, IdempotencyKey.MAX_CHARS);
                    return new RoutedCall<>(command.key(), named(request, name), wrongKey(command.key()));
                })
                .orElseGet(() -> new RoutedCall<>(command.key(), new UnnamedWrite(request), wrongKey(command.key())));
    }

    static RoutedCall<List<BatchItemResult>> batch(List<BatchItem> items) {
        return batch(items, randomName());
    }

    static RoutedCall<List<BatchItemResult>> batch(List<BatchItem> given, String idempotencyKey) {
        requireName(idempotencyKey, IdempotencyKey.MAX_CHARS - ITEM_CHARS);
        List<BatchItem> items = List.copyOf(given);
        requireSize(items);
        if (items.stream().anyMatch(item -> item instanceof BatchItem.Write(Command.Get _))) {
            throw new IllegalArgumentException("a batch that is not atomic reads by BatchItem.Read");
        }
        WireRequest request = request(items, false, idempotencyKey);
        Course<List<BatchItemResult>> course =
                new BatchCourse(request, items, idempotencyKey, System::currentTimeMillis);
        return new RoutedCall<>(items.getFirst().key(), course, wrong(items, request));
    }

    static RoutedCall<AtomicResult> atomicBatch(List<Command> commands, WriteOptions options) {
        if (options.explain()) {
            throw new IllegalArgumentException("a batch is not explained");
        }
        String name = options.idempotencyKey().orElseGet(Calls::randomName);
        requireName(name, IdempotencyKey.MAX_CHARS);
        return atomic(commands, name, options.acks(), WriteCourse::atomic);
    }

    static RoutedCall<AtomicResult> atomicBatch(List<Command> commands, AtomicResult.Unknown earlier) {
        return atomic(commands, earlier.idempotencyKey(), WriteRequest.AS_THE_CLUSTER, WriteCourse::atomicAgain);
    }

    /** Of a batch that is atomic, from its request, its commands, its name and a clock. */
    private interface AtomicCourse {
        Course<AtomicResult> of(WireRequest request, List<Command> commands, String name, LongSupplier clockMillis);
    }

    private static RoutedCall<AtomicResult> atomic(
            List<Command> given, String idempotencyKey, int acks, AtomicCourse kind) {
        List<Command> commands = List.copyOf(given);
        List<BatchItem> items =
                commands.stream().<BatchItem>map(BatchItem.Write::new).toList();
        requireSize(items);
        WireRequest request = request(items, true, idempotencyKey).withAcks(acks);
        return new RoutedCall<>(
                items.getFirst().key(),
                kind.of(request, commands, idempotencyKey, System::currentTimeMillis),
                wrong(items, request));
    }

    /** One without a body for items that are never sent. */
    private static WireRequest request(List<BatchItem> items, boolean atomic, String idempotencyKey) {
        return BatchRequests.batch(BatchRequests.isSurelyTooLong(items) ? List.of() : items, atomic, idempotencyKey);
    }

    static Command expire(Bytes key, Duration timeToLive) {
        return new Command.Retime(key, new Lifetime.For(timeToLive.toMillis()), Condition.ALWAYS);
    }

    static Command persist(Bytes key) {
        return new Command.Retime(key, Lifetime.FOREVER, Condition.ALWAYS);
    }

    /** Every worker takes what is about all partitions: it goes to any, so that not all of it goes to the same. */
    static Bytes routeOf(Bytes prefix) {
        boolean ofOnePartition = new Partitioning(2).ofAll(prefix).isPresent();
        return ofOnePartition ? prefix : Bytes.utf8(randomName());
    }

    private static String randomName() {
        return UUID.randomUUID().toString();
    }

    private static void requireName(String idempotencyKey, int maxChars) {
        boolean fits = !idempotencyKey.isBlank()
                && idempotencyKey.length() <= maxChars
                && idempotencyKey.chars().allMatch(letter -> letter >= ' ' && letter <= '~');
        if (!fits) {
            throw new IllegalArgumentException("an idempotency key has 1 to " + maxChars
                    + " characters of printable ASCII, not all of them spaces");
        }
    }

    private static void requireSize(List<BatchItem> items) {
        if (items.isEmpty() || items.size() > WriteRequest.MAX_COMMANDS) {
            throw new IllegalArgumentException(
                    "a batch has 1 to " + WriteRequest.MAX_COMMANDS + " items, not " + items.size());
        }
    }

    private static Optional<Refusal> wrong(List<BatchItem> items, WireRequest request) {
        for (int number = 0; number < items.size(); number++) {
            Optional<Refusal> wrongKey = wrongKey(items.get(number).key());
            if (wrongKey.isPresent()) {
                Refusal why = wrongKey.get();
                return Optional.of(new Refusal(
                        why.type(), why.retryable(), "Item " + number + ": " + why.detail() + " Nothing was written."));
            }
        }
        boolean tooLong = BatchRequests.isSurelyTooLong(items)
                || request.body()
                        .filter(body -> body.length() > BatchRequests.MAX_BODY_BYTES)
                        .isPresent();
        return tooLong
                ? Optional.of(Refusal.of(
                        Problem.VALUE_TOO_LARGE,
                        "The batch is longer than the " + BatchRequests.MAX_BODY_BYTES
                                + " bytes that this client sends. Nothing was written."))
                : Optional.empty();
    }

    private static Optional<Refusal> wrongKey(Bytes key) {
        return key.isEmpty() ? Optional.of(Refusal.of(Problem.BAD_REQUEST, "The key is empty.")) : tooLong("key", key);
    }

    private static Optional<Refusal> wrongPrefix(Bytes prefix) {
        return tooLong("prefix", prefix);
    }

    private static Optional<Refusal> tooLong(String what, Bytes bytes) {
        return bytes.length() <= Limits.MAX_KEY_BYTES
                ? Optional.empty()
                : Optional.of(Refusal.of(
                        Problem.KEY_TOO_LARGE,
                        "The " + what + " has " + bytes.length() + " bytes; the longest key has " + Limits.MAX_KEY_BYTES
                                + "."));
    }
}
