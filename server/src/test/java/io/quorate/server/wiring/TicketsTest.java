package io.quorate.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TicketsTest {
    private static final UUID DISK = new UUID(7, -2);

    @Test
    void noTwoStartsUseTheSameNumber() {
        Set<Long> numbers = new HashSet<>();

        for (int incarnation = 1; incarnation <= 10; incarnation++) {
            Tickets tickets = new Tickets(DISK, incarnation);
            for (int i = 0; i < 1_000; i++) {
                numbers.add(tickets.next());
            }
        }

        assertThat(numbers).hasSize(10_000).allMatch(number -> number > 0);
    }

    @Test
    void aNewDiskOfTheWorkerUsesOtherNumbers() {
        assertThat(new Tickets(new UUID(7, 5), 1).next()).isNotEqualTo(new Tickets(DISK, 1).next());
    }
}
