package io.quorate.core.wire;

import io.quorate.api.Bytes;
import io.quorate.api.IdempotencyKey;
import io.quorate.api.Limits;
import io.quorate.api.Record;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import io.quorate.api.ValueForm;
import io.quorate.core.cluster.Configuration;
import io.quorate.core.cluster.LogPosition;
import io.quorate.core.cluster.Member;
import io.quorate.core.log.RememberedIds;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** The small parts of random messages and log records, from a seed. */
final class RandomWords {
    private static final List<String> CONTENT_TYPES = List.of(
            "",
            "application/octet-stream",
            "application/json",
            "text/plain",
            "text/plain; charset=utf-8",
            "text/plain;charset=utf-8",
            "text/html",
            "image/png",
            "x/ü");

    private final Random random;
    private final List<Member> pool;

    RandomWords(long seed) {
        random = new Random(seed);
        pool = List.copyOf(several(8, this::freshMember));
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean coin() {
        return random.nextBoolean();
    }

    /** Of any size and sign. */
    long anyLong() {
        return random.nextLong() >> random.nextInt(64);
    }

    /** Of any size, never negative. */
    long number() {
        return random.nextLong() >>> (1 + random.nextInt(63));
    }

    int intNumber() {
        return random.nextInt() >>> (1 + random.nextInt(31));
    }

    int partition() {
        return random.nextInt(Limits.MAX_PARTITIONS);
    }

    Bytes bytes(int most) {
        byte[] array = new byte[random.nextInt(most + 1)];
        random.nextBytes(array);
        return Bytes.wrap(array);
    }

    Bytes key() {
        byte[] array = new byte[1 + random.nextInt(coin() ? 20 : 200)];
        random.nextBytes(array);
        return Bytes.wrap(array);
    }

    /** Of an idempotency key. */
    Bytes id() {
        byte[] array = new byte[IdempotencyKey.ID_BYTES];
        random.nextBytes(array);
        return Bytes.wrap(array);
    }

    /** Of a session. */
    Bytes sessionId() {
        return RememberedIds.ofSession(revision());
    }

    String text() {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(30);
        boolean ascii = coin();
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(ascii ? 32 + random.nextInt(95) : new int[] {'a', 'é', '\uFFFD', 0x1F600}[below(4)]);
        }
        return text.toString();
    }

    UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    Member member() {
        return coin() ? pool.get(random.nextInt(pool.size())) : freshMember();
    }

    List<Member> members(int most) {
        return several(random.nextInt(most + 1), this::member);
    }

    Configuration configuration() {
        Set<Member> members = new LinkedHashSet<>(members(Limits.MAX_REPLICAS - 1));
        members.add(freshMember());
        return new Configuration(List.copyOf(members), 1 + random.nextInt(members.size()));
    }

    LogPosition position() {
        return new LogPosition(number(), number());
    }

    Revision revision() {
        return new Revision(number(), number());
    }

    Value value() {
        return new Value(
                bytes(coin() ? 10 : 400),
                CONTENT_TYPES.get(random.nextInt(CONTENT_TYPES.size())),
                coin() ? ValueForm.JSON : ValueForm.RAW);
    }

    Record record() {
        return record(revision(), anyLong());
    }

    Record record(Revision revision, long modifiedMillis) {
        return new Record(value(), revision, modifiedMillis, coin() ? Record.NEVER : anyLong(), coin() ? "" : text());
    }

    <E extends Enum<E>> E oneOf(E[] values) {
        return values[random.nextInt(values.length)];
    }

    <T> List<T> several(int count, Supplier<T> each) {
        List<T> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(each.get());
        }
        return all;
    }

    private Member freshMember() {
        return new Member(text(), uuid());
    }
}
