package io.quorate.server.http;

import io.quorate.core.cluster.ClusterMap;
import io.quorate.core.cluster.Configuration;
import io.quorate.core.cluster.LogPosition;
import io.quorate.core.cluster.Member;
import io.quorate.core.cluster.PartitionRoute;
import io.quorate.core.cluster.WorkerAddress;
import io.quorate.core.message.Heartbeat;
import io.quorate.core.message.PartitionReport;
import io.quorate.core.message.PartitionReport.PeerProgress;
import io.quorate.core.port.ControllerService.WorkerView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Maps, heartbeats and workers for tests. */
final class Samples {
    private Samples() {}

    static Member member(int number) {
        return new Member("w" + number, new UUID(7, number));
    }

    static WorkerAddress address(int number) {
        return new WorkerAddress("http://127.0.0.1:" + (8_000 + number), "127.0.0.1:" + (9_000 + number));
    }

    /** One partition on three workers, led by the second. */
    static ClusterMap map() {
        return map(Optional.of(member(2)));
    }

    static ClusterMap map(Optional<Member> leader) {
        Configuration configuration = new Configuration(List.of(member(1), member(2), member(3)), 2);
        PartitionRoute route = new PartitionRoute(0, 5, leader, 5, configuration, List.of(member(4)));
        return new ClusterMap(
                9,
                Optional.of(FakeWorker.CLUSTER),
                1,
                3,
                2,
                Map.of(0, route),
                Map.of("w1", address(1), "w2", address(2), "w3", address(3), "w4", address(4)));
    }

    static ClusterMap mapWithoutRoutes() {
        return new ClusterMap(1, Optional.of(FakeWorker.CLUSTER), 1, 3, 2, Map.of(), Map.of());
    }

    static Heartbeat heartbeat(String worker) {
        PartitionReport report = new PartitionReport(
                3,
                5,
                PartitionReport.Role.LEADER,
                true,
                new LogPosition(5, 120),
                118,
                117,
                4_096,
                List.of(new PeerProgress(member(2), 119, false, -1, true)));
        return new Heartbeat(
                worker,
                Optional.of(FakeWorker.CLUSTER),
                new UUID(7, 1),
                2,
                address(1),
                "east",
                false,
                Optional.of(2),
                1_700_000_000_000L,
                9,
                800,
                41,
                false,
                List.of(report),
                List.of("w3"),
                List.of(12));
    }

    static WorkerView worker(String id, String http, WorkerView.Status status) {
        return new WorkerView(
                id, new WorkerAddress(http, "127.0.0.1:9001"), new UUID(7, 1), 2, "east", status, 120, 0.3, 4, 16, 48);
    }
}
