package io.quorate.simulation;

import io.quorate.core.cluster.ClusterMap;
import io.quorate.core.cluster.Configuration;
import io.quorate.core.cluster.LogPosition;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.Now;
import io.quorate.core.cluster.PartitionRoute;
import io.quorate.core.cluster.WorkerAddress;
import io.quorate.core.message.Message;
import io.quorate.core.message.Order;
import io.quorate.core.message.OrderAnswer;
import io.quorate.core.message.PartitionReport;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** The least controller that elects leaders of fixed configurations; for runs that are about workers alone. */
final class ScriptedController implements SimulatedNetwork.Receiver {
    private static final long RETRY_NANOS = 150 * Now.NANOS_PER_MILLI;

    private static final class Election {
        final Configuration configuration;
        long term;
        Optional<Member> leader = Optional.empty();
        long leaderIncarnation;
        long establishedTerm;
        long greatestReleased;
        final Map<Member, LogPosition> answers = new HashMap<>();
        final Map<Member, Long> incarnations = new HashMap<>();

        Election(Configuration configuration) {
            this.configuration = configuration;
        }
    }

    private final Simulation world;
    private final TreeMap<Integer, Election> elections = new TreeMap<>();
    private final TreeMap<String, WorkerAddress> addresses = new TreeMap<>();
    private long version = 1;

    ScriptedController(Simulation world, int partitions, Configuration configuration) {
        this.world = world;
        for (int partition = 0; partition < partitions; partition++) {
            elections.put(partition, new Election(configuration));
        }
        configuration.members().forEach(member -> addresses.put(member.worker(), new WorkerAddress("", "")));
        world.network.connect("c1", this);
        tick();
    }

    private void tick() {
        for (Map.Entry<Integer, Election> entry : elections.entrySet()) {
            Election election = entry.getValue();
            if (election.leader.isEmpty() || lost(election)) {
                startTerm(entry.getKey(), election);
            } else if (election.establishedTerm < election.term) {
                lead(entry.getKey(), election);
            }
        }
        world.time.after(RETRY_NANOS, this::tick);
    }

    private boolean lost(Election election) {
        SimulatedWorker leader = world.worker(election.leader.orElseThrow().worker());
        boolean gone = !leader.isUp() || leader.incarnation() != election.leaderIncarnation;
        return gone || world.time.chance(0.02);
    }

    private void startTerm(int partition, Election election) {
        election.term++;
        election.leader = Optional.empty();
        election.answers.clear();
        for (Member member : election.configuration.members()) {
            send(member, new Order.Create(partition, election.term, member));
        }
        fence(partition, election);
    }

    private void fence(int partition, Election election) {
        for (Member member : election.configuration.members()) {
            send(member, new Order.Fence(partition, election.term, election.greatestReleased));
        }
    }

    private void lead(int partition, Election election) {
        Member leader = election.leader.orElseThrow();
        send(
                leader,
                new Order.Lead(
                        partition, election.term, election.configuration, List.of(), election.leaderIncarnation));
    }

    private void send(Member member, Order order) {
        world.network.send("c1", member.worker(), new Message.Orders(List.of(order)));
    }

    @Override
    public void receive(String from, Message message) {
        if (message instanceof Message.OrderAnswers answers) {
            answers.answers().forEach(this::answer);
        }
    }

    private void answer(OrderAnswer answer) {
        Election election = Optional.ofNullable(elections.get(answer.partition())).orElseThrow();
        switch (answer) {
            case OrderAnswer.Fenced fenced -> {
                if (fenced.term() == election.term && election.leader.isEmpty()) {
                    election.answers.put(fenced.from(), fenced.last());
                    election.incarnations.put(fenced.from(), fenced.incarnation());
                    elect(fenced.partition(), election);
                }
            }
            case OrderAnswer.LeaseReleased released -> {
                election.greatestReleased = Math.max(election.greatestReleased, released.term());
                fence(answer.partition(), election);
            }
            case OrderAnswer.TermTooOld old -> {
                if (old.term() > election.term) {
                    election.term = old.term();
                    election.leader = Optional.empty();
                    election.answers.clear();
                }
            }
            case OrderAnswer.NotHeld _ -> {}
        }
    }

    private void elect(int partition, Election election) {
        if (election.answers.size() >= election.configuration.fenceQuorum()) {
            Map.Entry<Member, LogPosition> best = election.answers.entrySet().stream()
                    .max(Map.Entry.<Member, LogPosition>comparingByValue()
                            .thenComparing(answer -> answer.getKey().worker()))
                    .orElseThrow();
            election.leader = Optional.of(best.getKey());
            election.leaderIncarnation = election.incarnations.getOrDefault(best.getKey(), 0L);
            lead(partition, election);
            publish();
        }
    }

    /** Hears how a worker stands, as heartbeats would tell. */
    void report(SimulatedWorker worker, List<PartitionReport> reports) {
        for (PartitionReport report : reports) {
            Election election = elections.get(report.partition());
            if (election != null
                    && report.established()
                    && report.term() == election.term
                    && election.leader.filter(worker.member()::equals).isPresent()) {
                election.establishedTerm = report.term();
                publish();
            }
        }
    }

    private void publish() {
        TreeMap<Integer, PartitionRoute> routes = new TreeMap<>();
        elections.forEach((partition, election) -> routes.put(
                partition,
                new PartitionRoute(
                        partition,
                        election.term,
                        election.leader,
                        election.establishedTerm,
                        election.configuration,
                        List.of())));
        Configuration any = elections.firstEntry().getValue().configuration;
        ClusterMap map = new ClusterMap(
                ++version,
                Optional.of(new UUID(0, 1)),
                elections.size(),
                any.members().size(),
                any.writeQuorum(),
                routes,
                addresses);
        world.workers().forEach(worker -> world.network.send("c1", worker.id, new Message.MapChanged(map)));
    }
}
