package io.quorate.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Problem;
import io.quorate.api.Revision;
import io.quorate.client.SessionNumbers.Number;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Test;

/** Which numbers a session gives, and what it says is answered. */
class SessionNumbersTest {
    private static final WriteResult APPLIED =
            new WriteResult.Applied(new Revision(7, 41), true, OptionalLong.empty(), Optional.empty());

    private final SessionNumbers numbers = new SessionNumbers("5-3-1", 60_000, 0);

    private Number next() {
        return numbers.next(0).orElseThrow();
    }

    @Test
    void theLowestIsTheFirstThatIsNotAnswered() {
        Number first = next();
        Number second = next();
        assertThat(second.name()).isEqualTo("5-3-1; sequence=2; lowest=1");
        second.ended(APPLIED);
        assertThat(next().name()).isEqualTo("5-3-1; sequence=3; lowest=1");
        first.ended(new WriteResult.NotApplied(Refusal.of(Problem.NO_QUORUM, "no")));
        assertThat(next().name()).isEqualTo("5-3-1; sequence=4; lowest=3");
    }

    @Test
    void oneThatIsNotAnsweredForLongAsksForAnotherSession() {
        Number first = next();
        for (int i = 1; i < SessionNumbers.MAX_OPEN; i++) {
            next().ended(APPLIED);
        }
        assertThat(numbers.next(0)).isEmpty();
        first.ended(APPLIED);
        assertThat(numbers.next(0)).isPresent();
    }

    @Test
    void writesAtOnceHaveDifferentNumbers() throws InterruptedException {
        Set<Long> taken = new ConcurrentSkipListSet<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                for (int write = 0; write < 1_000; write++) {
                    numbers.next(0).ifPresent(number -> {
                        assertThat(taken.add(number.sequence())).isTrue();
                        number.ended(APPLIED);
                    });
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        Number last = next();
        assertThat(last.sequence()).isEqualTo(taken.size() + 1);
        assertThat(last.name()).endsWith("lowest=" + last.sequence());
    }
}
