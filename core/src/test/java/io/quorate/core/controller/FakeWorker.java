package io.quorate.core.controller;

import io.quorate.core.cluster.Configuration;
import io.quorate.core.cluster.LogPosition;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.WorkerAddress;
import io.quorate.core.message.Heartbeat;
import io.quorate.core.message.Order;
import io.quorate.core.message.OrderAnswer;
import io.quorate.core.message.PartitionReport;
import io.quorate.core.message.PartitionReport.PeerProgress;
import io.quorate.core.message.PartitionReport.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A worker that obeys orders and copies logs by magic, so that tests of the controller need no replication. */
final class FakeWorker {
    /** A replica: its promise, its log's end and whom it leads. */
    static final class Replica {
        long term;
        LogPosition last = LogPosition.START;
        boolean follows;

        Order.@Nullable Lead leading;

        List<Member> learners = List.of();
        boolean established;

        Replica(long term) {
            this.term = term;
        }
    }

    final String id;
    UUID disk;
    long incarnation = 1;
    long sequence;
    long quietMillis;
    WorkerAddress address;
    Optional<UUID> cluster = Optional.empty();
    Optional<Integer> writeQuorum = Optional.empty();
    String zone = "";
    boolean running;

    /** It runs, but the controller and it do not hear each other. */
    boolean cut;

    boolean draining;
    boolean fullWanted = true;
    boolean fullReportDue;
    long mapVersion;
    long clockAheadMillis;
    final TreeSet<String> unreachable = new TreeSet<>();
    final TreeSet<Integer> stalled = new TreeSet<>();
    final SortedMap<Integer, Replica> replicas = new TreeMap<>();

    FakeWorker(String id, int number) {
        this.id = id;
        this.disk = new UUID(number, 1);
        this.address = new WorkerAddress("http://127.0.0.1:" + (8000 + number), "127.0.0.1:" + (9000 + number));
    }

    Member member() {
        return new Member(id, disk);
    }

    boolean heard() {
        return running && !cut;
    }

    void stop() {
        running = false;
        replicas.values().forEach(replica -> {
            replica.leading = null;
            replica.follows = false;
            replica.established = false;
        });
    }

    void start() {
        running = true;
        draining = false;
        incarnation++;
        sequence = 0;
        fullWanted = true;
        unreachable.clear();
        stalled.clear();
    }

    void loseDisk() {
        disk = new UUID(disk.getMostSignificantBits(), disk.getLeastSignificantBits() + 1);
        incarnation = 0;
        cluster = Optional.empty();
        replicas.clear();
    }

    Heartbeat heartbeat(long wallMillis, Stage stage) {
        sequence++;
        boolean full = fullWanted || fullReportDue;
        fullReportDue = false;
        return new Heartbeat(
                id,
                cluster,
                disk,
                incarnation,
                address,
                zone,
                draining,
                writeQuorum,
                wallMillis + clockAheadMillis,
                mapVersion,
                quietMillis,
                sequence,
                full,
                reports(stage),
                List.copyOf(unreachable),
                List.copyOf(stalled));
    }

    private List<PartitionReport> reports(Stage stage) {
        List<PartitionReport> reports = new ArrayList<>();
        replicas.forEach((partition, replica) -> reports.add(new PartitionReport(
                partition,
                replica.term,
                replica.leading != null ? Role.LEADER : replica.follows ? Role.FOLLOWER : Role.FENCED,
                replica.established,
                replica.last,
                replica.last.index(),
                replica.last.index(),
                0,
                replica.leading == null ? List.of() : peers(partition, replica, replica.leading, stage))));
        return reports;
    }

    private List<PeerProgress> peers(int partition, Replica leader, Order.Lead leading, Stage stage) {
        List<PeerProgress> peers = new ArrayList<>();
        for (Member member : leading.configuration().members()) {
            if (!member.equals(member())) {
                peers.add(progress(partition, leader, member, false, stage));
            }
        }
        leader.learners.forEach(member -> peers.add(progress(partition, leader, member, true, stage)));
        return peers;
    }

    private static PeerProgress progress(int partition, Replica leader, Member member, boolean learner, Stage stage) {
        Optional<Replica> peer = stage.replica(partition, member);
        boolean equal =
                peer.filter(has -> has.follows && has.last.equals(leader.last)).isPresent();
        return new PeerProgress(member, equal ? leader.last.index() : -1, learner, -1, equal);
    }

    List<OrderAnswer> obey(Order order) {
        Replica replica = replicas.get(order.partition());
        return switch (order) {
            case Order.Create create -> {
                if (replica == null && create.disk().equals(member())) {
                    replicas.put(create.partition(), new Replica(create.term()));
                }
                yield List.of();
            }
            case Order.Drop drop -> {
                if (replica != null && replica.term <= drop.term()) {
                    replicas.remove(drop.partition());
                    fullReportDue = true;
                }
                yield List.of();
            }
            case Order.Fence fence -> replica == null ? notHeld(fence.partition()) : fence(replica, fence);
            case Order.Lead lead -> replica == null ? notHeld(lead.partition()) : lead(replica, lead);
            case Order.Feed feed -> {
                if (replica != null && replica.leading != null && replica.term == feed.term()) {
                    replica.learners = feed.learners();
                }
                yield List.of();
            }
        };
    }

    private List<OrderAnswer> notHeld(int partition) {
        return List.of(new OrderAnswer.NotHeld(partition, member()));
    }

    private List<OrderAnswer> fence(Replica replica, Order.Fence fence) {
        if (fence.term() < replica.term) {
            return List.of(new OrderAnswer.TermTooOld(fence.partition(), replica.term, member()));
        }
        List<OrderAnswer> answers = new ArrayList<>();
        if (fence.term() > replica.term) {
            if (replica.leading != null) {
                answers.add(new OrderAnswer.LeaseReleased(fence.partition(), replica.term, member()));
            }
            replica.term = fence.term();
            replica.leading = null;
            replica.established = false;
            replica.follows = false;
        }
        answers.add(new OrderAnswer.Fenced(fence.partition(), fence.term(), member(), incarnation, replica.last));
        return answers;
    }

    private List<OrderAnswer> lead(Replica replica, Order.Lead lead) {
        boolean accepted = lead.incarnation() == incarnation && lead.term() == replica.term && replica.leading == null;
        if (accepted) {
            replica.leading = lead;
            replica.learners = lead.learners();
            replica.last = new LogPosition(lead.term(), replica.last.index() + 1);
        }
        return List.of();
    }

    /** What a leader and those that hear it come to in an instant. */
    void replicate(int partition, Stage stage) {
        Replica leader = replicas.get(partition);
        if (!running || leader == null || leader.leading == null) {
            return;
        }
        Configuration configuration = leader.leading.configuration();
        int acknowledged = 1;
        for (Member member : configuration.members()) {
            acknowledged += !member.equals(member()) && copy(partition, leader, member, stage) ? 1 : 0;
        }
        leader.learners.forEach(learner -> copy(partition, leader, learner, stage));
        leader.established |= acknowledged >= configuration.writeQuorum();
    }

    private static boolean copy(int partition, Replica leader, Member to, Stage stage) {
        Optional<Replica> follower = stage.replica(partition, to).filter(has -> has.term <= leader.term);
        follower.ifPresent(replica -> {
            replica.term = leader.term;
            replica.last = leader.last;
            replica.follows = true;
        });
        return follower.isPresent();
    }
}
