package io.quorate.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Problem;
import io.quorate.api.ReadOutcome;
import io.quorate.api.ReadRequest;
import io.quorate.core.cluster.Now;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class GatewayTest {
    private static final long SECOND = 1_000 * Now.NANOS_PER_MILLI;

    private final WorkerContext context = Entries.context();
    private final Gateway gateway = new Gateway(context, new Replicas());

    @Test
    void anAnsweredRequestIsNotKeptUntilItsDeadline() {
        gateway.take(1, read("a"), 10 * SECOND);
        gateway.take(2, read("b"), 20 * SECOND);

        gateway.done(1, new Effect.ReadDone(1, new ReadOutcome.NotServed(Problem.OVERLOADED, "it is answered")));

        tickAt(SECOND);
        assertThat(context.wakeAtNanos())
                .as("the deadline that is looked for next")
                .isEqualTo(20 * SECOND);
    }

    @Test
    void requestsThatAreDueTogetherAreAnsweredInTheOrderInWhichTheyCame() {
        List<Long> tickets = LongStream.rangeClosed(1, 20).boxed().toList();
        tickets.forEach(ticket -> gateway.take(ticket, read("k" + ticket), SECOND));

        tickAt(SECOND);

        assertThat(context.drain())
                .map(effect -> ((Effect.ReadDone) effect).ticket())
                .isEqualTo(tickets);
    }

    private static ClientRequest read(String key) {
        return new ClientRequest.Read(ReadRequest.linearizable(Entries.key(key)));
    }

    private void tickAt(long nanos) {
        context.at(new Now(nanos, 0));
        context.forgetWake();
        gateway.tick();
    }
}
