package io.quorate.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.IdempotencyKey;
import io.quorate.api.Value;
import io.quorate.api.WriteRequest;
import io.quorate.core.cluster.Configuration;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.Now;
import io.quorate.core.message.ForwardedRequest;
import io.quorate.core.message.Message;
import io.quorate.core.message.Order;
import io.quorate.core.message.Replication;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A leader, one of whose followers came back on another disk, which learns now. */
class ReplacedDiskTest {
    private static final int PARTITION = 0;
    private static final long TERM = 1;

    private final Member self = new Member("w1", new UUID(1, 1));
    private final Member lost = new Member("w2", new UUID(2, 1));
    private final Member learner = new Member("w2", new UUID(2, 2));
    private final WorkerCore core =
            new WorkerCore(self, 1, WorkerSettings.STANDARD, Rules.STANDARD, 0, new Recovery(), at(0));

    @BeforeEach
    void theLeaderFeedsTheNewDisk() {
        order(new Order.Create(PARTITION, TERM, self));
        order(new Order.Lead(PARTITION, TERM, new Configuration(List.of(self, lost), 1), List.of(), 1));
        reply(new Replication.NoReplica(PARTITION, TERM, learner), 1);
        order(new Order.Feed(PARTITION, TERM, List.of(learner)));
    }

    @Test
    void theLostDiskIsSentNothingOnceTheNewOneAnswersThoughTheLinkWasDown() {
        assertThat(requestsOf(running -> running.linkUp("w2", at(10)), 10))
                .as("whichever disk it has by now")
                .hasSize(2);
        reply(new Replication.Appended(PARTITION, TERM, learner, 1, 1), 20);

        assertThat(requestsOf(running -> running.tick(at(10_000)), 10_000)).isEmpty();
    }

    @Test
    void whatTheLostDiskAcknowledgedDoesNotCountAnyMore() {
        Command put = new Command.Put(Bytes.utf8("k"), Value.json("v"));
        IdempotencyKey name = IdempotencyKey.of(Bytes.utf8("k"), "once", Bytes.utf8("put"));
        WriteRequest onAll = new WriteRequest(put, Optional.of(name)).withAcks(WriteRequest.ALL);
        turn(running -> running.linkUp("w2", at(10)), 10);
        assertThat(forwarded(onAll, 20)).noneMatch(Effect.SendForwardReply.class::isInstance);
        assertThat(reply(new Replication.Appended(PARTITION, TERM, lost, 2, 1), 30))
                .anyMatch(Effect.SendForwardReply.class::isInstance);

        reply(new Replication.Appended(PARTITION, TERM, learner, 1, 1), 40);

        assertThat(forwarded(onAll, 50)).noneMatch(Effect.SendForwardReply.class::isInstance);
    }

    private List<Effect> forwarded(WriteRequest write, long millis) {
        Message asked = new Message.Forward(new ForwardedRequest.Write(millis, PARTITION, 1_000, 1, write));
        return turn(running -> running.received("w3", asked, at(millis)), millis);
    }

    private void order(Order order) {
        turn(running -> running.received("c1", new Message.Orders(List.of(order)), at(0)), 0);
    }

    private List<Effect> reply(Replication.Reply reply, long millis) {
        return turn(
                running -> running.received("w2", new Message.ReplicationReplies(List.of(reply)), at(millis)), millis);
    }

    private List<Replication.Request> requestsOf(Consumer<WorkerCore> input, long millis) {
        return turn(input, millis).stream()
                .filter(Effect.SendRequest.class::isInstance)
                .map(Effect.SendRequest.class::cast)
                .map(Effect.SendRequest::request)
                .toList();
    }

    /** What it writes is on disk at once. */
    private List<Effect> turn(Consumer<WorkerCore> input, long millis) {
        input.accept(core);
        List<Effect> all = new ArrayList<>();
        List<Effect> effects = core.endTurn(at(millis));
        while (!effects.isEmpty()) {
            all.addAll(effects);
            effects.stream()
                    .filter(Effect.Persist.class::isInstance)
                    .map(Effect.Persist.class::cast)
                    .forEach(persist -> core.durable(persist.sequence(), at(millis)));
            effects = core.endTurn(at(millis));
        }
        return all;
    }

    private static Now at(long millis) {
        return new Now(millis * Now.NANOS_PER_MILLI, millis);
    }
}
