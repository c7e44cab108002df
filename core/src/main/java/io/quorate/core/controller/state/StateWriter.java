package io.quorate.core.controller.state;

import io.quorate.api.Limits;
import io.quorate.core.cluster.Configuration;
import io.quorate.core.cluster.Member;
import io.quorate.core.wire.ByteWriter;
import io.quorate.core.wire.WireLimits;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Writes the pieces that commands and states of format 1 have in common. */
final class StateWriter {
    static final int MAX_WORKERS = 65_536;
    static final int MAX_MEMBERS_OF_PARTITION = 1_024;
    static final int MAX_KEPT = 1 << 20;

    private final MemberTable members;
    final ByteWriter out;

    StateWriter(MemberTable members, ByteWriter out) {
        this.members = members;
        this.out = out;
    }

    void member(Member member) {
        out.varint(members.placeOf(member));
    }

    void configuration(Configuration configuration) {
        out.list(configuration.members(), MAX_MEMBERS_OF_PARTITION, (to, member) -> member(member));
        out.varint(configuration.writeQuorum());
    }

    void elected(Elected elected) {
        member(elected.leader());
        out.nonNegative(elected.incarnation());
    }

    void move(Move move) {
        out.u8(
                switch (move.kind()) {
                    case REPAIR -> 1;
                    case BALANCE -> 2;
                });
        configuration(move.target());
    }

    void settings(ClusterSettings settings) {
        out.varint(settings.partitions());
        out.varint(settings.replicas());
        optional(settings.writeQuorum(), quorum -> out.varint(quorum));
    }

    void worker(RegisteredWorker worker) {
        out.text(worker.id(), WireLimits.MAX_NAME_BYTES);
        out.uuid(worker.disk());
        out.nonNegative(worker.incarnation());
        out.text(worker.address().http(), WireLimits.MAX_NAME_BYTES);
        out.text(worker.address().peer(), WireLimits.MAX_NAME_BYTES);
        out.text(worker.zone(), WireLimits.MAX_NAME_BYTES);
    }

    void learners(List<Member> learners) {
        out.list(learners, MAX_MEMBERS_OF_PARTITION, (to, learner) -> member(learner));
    }

    void partition(PartitionState state) {
        out.varint(state.partition());
        out.nonNegative(state.term());
        configuration(state.configuration());
        optional(state.elected(), this::elected);
        out.nonNegative(state.establishedTerm());
        out.list(state.kept(), MAX_KEPT, (to, kept) -> {
            out.nonNegative(kept.term());
            configuration(kept.configuration());
            elected(kept.elected());
        });
        learners(state.learners());
        optional(state.move(), this::move);
    }

    void state(ClusterState.Contents state) {
        out.nonNegative(state.mapVersion());
        optional(state.cluster(), out::uuid);
        optional(state.settings(), this::settings);
        out.list(state.workers(), MAX_WORKERS, (to, worker) -> worker(worker));
        out.list(state.incarnations().entrySet(), MemberTable.MAX_MEMBERS, (to, entry) -> incarnation(entry));
        out.list(state.partitions(), Limits.MAX_PARTITIONS, (to, partition) -> partition(partition));
    }

    private void incarnation(Map.Entry<Member, Long> entry) {
        member(entry.getKey());
        out.nonNegative(entry.getValue());
    }

    <T> void optional(Optional<T> value, Consumer<T> writer) {
        out.flag(value.isPresent());
        value.ifPresent(writer);
    }
}
