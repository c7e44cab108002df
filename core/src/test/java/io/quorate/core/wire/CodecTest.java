package io.quorate.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import io.quorate.api.Bytes;
import java.lang.management.ManagementFactory;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every family of encodings. */
class CodecTest {
    private static final long SEED = 20_261_107;
    /** What an exception with its stack and the reader itself may take. */
    private static final long ALLOWANCE_BYTES = 64 << 10;
    /** A byte of an encoding may stand for a whole object. */
    private static final long ALLOWANCE_FACTOR = 100;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static List<Family<?>> families() {
        return Family.all();
    }

    @ParameterizedTest
    @MethodSource("families")
    <T> void whatWasEncodedIsDecodedAsItWas(Family<T> family) {
        family.samples().values().forEach(sample -> assertRoundTrip(family, sample));
        RandomWords words = new RandomWords(SEED);
        for (int i = 0; i < 3_000; i++) {
            assertRoundTrip(family, family.next(words));
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void aTruncatedEncodingIsMalformed(Family<?> family) {
        for (Bytes encoding : family.encodings(SEED, 40)) {
            for (int length = 0; length < encoding.length(); length++) {
                if (decoded(family, encoding.slice(0, length)).isPresent()) {
                    fail("the first " + length + " bytes of " + HexFormat.of().formatHex(encoding.toArray()));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void bytesAfterAnEncodingAreMalformed(Family<?> family) {
        for (Bytes encoding : family.encodings(SEED, 300)) {
            byte[] longer = new byte[encoding.length() + 1];
            encoding.copyTo(longer, 0);
            assertThatThrownBy(() -> family.decode().apply(Bytes.wrap(longer))).isInstanceOf(MalformedException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    void anUnknownVersionIsMalformedAndNamed(Family<?> family) {
        for (Bytes encoding : family.encodings(SEED, 3)) {
            byte[] newer = encoding.toArray();
            newer[0] = 9;
            assertThatThrownBy(() -> family.decode().apply(Bytes.wrap(newer)))
                    .isInstanceOf(MalformedException.class)
                    .hasMessageContaining("unknown format version 9")
                    .hasMessageContaining("reads version 1");
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    <T> void randomBytesAreMalformedOrMeanSomethingAndAllocateLittle(Family<T> family) {
        Random random = new Random(SEED);
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            if (bytes.length > 1 && i % 4 != 0) {
                bytes[0] = 1;
                bytes[1] = (byte) random.nextInt(9);
            }
            assertMalformedOrMeaningful(family, Bytes.wrap(bytes));
        }
    }

    @ParameterizedTest
    @MethodSource("families")
    <T> void damagedEncodingsAreMalformedOrMeanSomethingAndAllocateLittle(Family<T> family) {
        Random random = new Random(SEED);
        for (Bytes encoding : family.encodings(SEED, 200)) {
            for (int i = 0; i < 10; i++) {
                byte[] damaged = encoding.toArray();
                for (int hits = random.nextInt(3); hits >= 0; hits--) {
                    damaged[random.nextInt(damaged.length)] = (byte) (random.nextBoolean() ? -1 : random.nextInt());
                }
                assertMalformedOrMeaningful(family, Bytes.wrap(damaged));
            }
        }
    }

    private static <T> void assertRoundTrip(Family<T> family, T original) {
        assertThat(family.decode().apply(family.encode().apply(original))).isEqualTo(original);
    }

    private static <T> void assertMalformedOrMeaningful(Family<T> family, Bytes bytes) {
        // The first time links what the path to this damage needs, which allocates on its own account.
        Optional<T> decoded = decoded(family, bytes);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        boolean malformed = decoded(family, bytes).isEmpty();
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertThat(malformed).isEqualTo(decoded.isEmpty());
        if (allocated > ALLOWANCE_BYTES + ALLOWANCE_FACTOR * bytes.length()) {
            fail(allocated + " bytes allocated for " + HexFormat.of().formatHex(bytes.toArray()));
        }
        decoded.ifPresent(meant -> assertRoundTrip(family, meant));
    }

    private static <T> Optional<T> decoded(Family<T> family, Bytes bytes) {
        try {
            return Optional.of(family.decode().apply(bytes));
        } catch (MalformedException expected) {
            return Optional.empty();
        }
    }
}
