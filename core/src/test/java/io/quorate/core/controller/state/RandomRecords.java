package io.quorate.core.controller.state;

import io.quorate.core.cluster.Configuration;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.WorkerAddress;
import io.quorate.core.controller.state.MetadataRecord.ClusterCreated;
import io.quorate.core.controller.state.MetadataRecord.LeadersElected;
import io.quorate.core.controller.state.MetadataRecord.LeadersEstablished;
import io.quorate.core.controller.state.MetadataRecord.LearnersChanged;
import io.quorate.core.controller.state.MetadataRecord.SettingsChanged;
import io.quorate.core.controller.state.MetadataRecord.TermsStarted;
import io.quorate.core.controller.state.MetadataRecord.WorkerRegistered;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;

/** Records as a controller might decide them, many of them too late or plainly wrong. */
final class RandomRecords {
    private static final int PARTITIONS = 4;

    private final Random random;
    private final ClusterState state;

    RandomRecords(Random random, ClusterState state) {
        this.random = random;
        this.state = state;
    }

    MetadataCommand command() {
        return new MetadataCommand(random.nextInt(10) == 0 ? 2 : 1, some(this::record));
    }

    private MetadataRecord record() {
        return switch (random.nextInt(12)) {
            case 0 -> new ClusterCreated(uuid(), new ClusterSettings(PARTITIONS, 3, Optional.empty()));
            case 1 -> new SettingsChanged(random.nextInt(5), random.nextInt(4));
            case 2 -> registered();
            case 3, 4, 5 -> new TermsStarted(some(this::start));
            case 6, 7, 8 -> new LeadersElected(some(this::election));
            case 9, 10 ->
                new LeadersEstablished(some(() -> new LeadersEstablished.Establishment(partition(), termNear())));
            default -> new LearnersChanged(some(this::learning));
        };
    }

    private WorkerRegistered registered() {
        Member member = member();
        return new WorkerRegistered(new RegisteredWorker(
                member.worker(),
                member.disk(),
                random.nextInt(6),
                new WorkerAddress("http://h:" + random.nextInt(3), "h:1"),
                "z" + random.nextInt(2)));
    }

    private TermsStarted.Start start() {
        long previous = termNear();
        return new TermsStarted.Start(partition(), previous, previous + random.nextInt(3), configuration());
    }

    private LeadersElected.Election election() {
        return new LeadersElected.Election(partition(), termNear(), new Elected(member(), random.nextInt(5)));
    }

    private LearnersChanged.Learning learning() {
        Optional<Move> move = random.nextBoolean()
                ? Optional.empty()
                : Optional.of(new Move(random.nextBoolean() ? Move.Kind.REPAIR : Move.Kind.BALANCE, configuration()));
        return new LearnersChanged.Learning(partition(), termNear(), List.of(member()), move);
    }

    private int partition() {
        return random.nextInt(PARTITIONS + 1);
    }

    /** The greatest term of some partition, often, or one beside it. */
    private long termNear() {
        long term = state.partition(random.nextInt(PARTITIONS))
                .map(PartitionState::term)
                .orElse(0L);
        return Math.max(0, random.nextInt(3) == 0 ? term - 1 + random.nextInt(3) : term);
    }

    private Configuration configuration() {
        List<Member> all = new ArrayList<>();
        for (int worker = 0; worker < 5; worker++) {
            all.add(new Member("w" + worker, new UUID(worker, random.nextInt(2))));
        }
        Collections.shuffle(all, random);
        int size = 1 + random.nextInt(4);
        return new Configuration(all.subList(0, size), 1 + random.nextInt(size));
    }

    private Member member() {
        int worker = random.nextInt(5);
        return new Member("w" + worker, new UUID(worker, random.nextInt(2)));
    }

    private UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private <T> List<T> some(Supplier<T> one) {
        List<T> list = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            list.add(one.get());
        }
        return list;
    }
}
