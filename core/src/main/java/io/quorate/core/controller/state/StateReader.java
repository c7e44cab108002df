package io.quorate.core.controller.state;

import io.quorate.api.Limits;
import io.quorate.core.cluster.Configuration;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.WorkerAddress;
import io.quorate.core.wire.ByteReader;
import io.quorate.core.wire.WireLimits;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;

/** Reads what a {@link StateWriter} wrote. */
final class StateReader {
    private static final int MIN_WORKER_BYTES = 21;

    private final MemberTable members;
    final ByteReader in;

    StateReader(MemberTable members, ByteReader in) {
        this.members = members;
        this.in = in;
    }

    Member member() {
        return members.next(in);
    }

    Configuration configuration() {
        return new Configuration(members(), in.nonNegativeInt());
    }

    List<Member> members() {
        return in.list(StateWriter.MAX_MEMBERS_OF_PARTITION, 1, from -> member());
    }

    Elected elected() {
        return new Elected(member(), in.nonNegative());
    }

    Move move() {
        int code = in.u8();
        Move.Kind kind = switch (code) {
            case 1 -> Move.Kind.REPAIR;
            case 2 -> Move.Kind.BALANCE;
            default -> throw in.unknown("kind of move", code);
        };
        return new Move(kind, configuration());
    }

    ClusterSettings settings() {
        return new ClusterSettings(in.nonNegativeInt(), in.nonNegativeInt(), optional(in::nonNegativeInt));
    }

    RegisteredWorker worker() {
        String id = name();
        UUID disk = in.uuid();
        long incarnation = in.nonNegative();
        return new RegisteredWorker(id, disk, incarnation, new WorkerAddress(name(), name()), name());
    }

    PartitionState partition() {
        return new PartitionState(
                in.nonNegativeInt(),
                in.nonNegative(),
                configuration(),
                optional(this::elected),
                in.nonNegative(),
                in.list(StateWriter.MAX_KEPT, 1, from -> kept()),
                members(),
                optional(this::move));
    }

    ClusterState.Contents state() {
        long mapVersion = in.nonNegative();
        Optional<UUID> cluster = optional(in::uuid);
        Optional<ClusterSettings> settings = optional(this::settings);
        List<RegisteredWorker> workers = in.list(StateWriter.MAX_WORKERS, MIN_WORKER_BYTES, from -> worker());
        SortedMap<Member, Long> incarnations = new TreeMap<>(Members.ORDER);
        in.list(MemberTable.MAX_MEMBERS, 2, from -> incarnations.put(member(), in.nonNegative()) == null);
        List<PartitionState> partitions = in.list(Limits.MAX_PARTITIONS, 1, from -> partition());
        return new ClusterState.Contents(cluster, settings, workers, incarnations, partitions, mapVersion);
    }

    <T> Optional<T> optional(Supplier<T> reader) {
        return in.flag() ? Optional.of(reader.get()) : Optional.empty();
    }

    private KeptConfiguration kept() {
        return new KeptConfiguration(in.nonNegative(), configuration(), elected());
    }

    private String name() {
        return in.text(WireLimits.MAX_NAME_BYTES);
    }
}
