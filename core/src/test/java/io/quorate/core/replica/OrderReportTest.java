package io.quorate.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.core.cluster.Configuration;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.Now;
import io.quorate.core.message.Message;
import io.quorate.core.message.Order;
import io.quorate.core.message.PartitionReport;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a worker reports once it was given an order. */
class OrderReportTest {
    private static final Now NOW = new Now(0, 0);

    private final Member self = new Member("w1", new UUID(1, 1));
    private final WorkerCore core =
            new WorkerCore(self, 1, WorkerSettings.STANDARD, Rules.STANDARD, 0, new Recovery(), NOW);

    @BeforeEach
    void itHoldsTwoPartitionsAndHasReportedThem() {
        order(new Order.Create(0, 1, self));
        order(new Order.Create(1, 1, self));
        core.fullReport();
        assertThat(core.hasReports()).isFalse();
    }

    @Test
    void aDeletionIsNewsThatOnlyAFullReportTells() {
        order(new Order.Drop(0, 1));

        assertThat(core.hasReports()).isTrue();
        assertThat(core.takeReports(10)).isEmpty();
        assertThat(core.fullReportDue()).isTrue();
        assertThat(core.fullReport()).extracting(PartitionReport::partition).containsExactly(1);
        assertThat(core.fullReportDue()).isFalse();
        assertThat(core.hasReports()).isFalse();
    }

    @Test
    void anOrderThatDeletesNothingIsNoNews() {
        order(new Order.Drop(2, 1));
        order(new Order.Drop(0, 0));

        assertThat(core.fullReportDue()).isFalse();
    }

    @Test
    void whatIsHeldAndOrderedAgainIsReportedAgain() {
        Order.Lead lead = new Order.Lead(0, 1, new Configuration(List.of(self), 1), List.of(), 1);
        order(lead);
        core.fullReport();

        order(lead);
        order(new Order.Create(1, 1, self));

        assertThat(core.takeReports(10))
                .extracting(PartitionReport::partition)
                .as("whoever orders it does not know of it")
                .containsExactly(0, 1);
    }

    @Test
    void anOrderForAnotherDiskIsNoNews() {
        order(new Order.Create(1, 1, new Member("w1", new UUID(1, 2))));

        assertThat(core.hasReports()).isFalse();
    }

    private void order(Order order) {
        core.received("c1", new Message.Orders(List.of(order)), NOW);
        core.endTurn(NOW);
    }
}
