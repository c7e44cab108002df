package io.quorate.server.http;

import io.quorate.core.cluster.Incarnation;
import io.quorate.core.port.ControllerService;
import io.quorate.core.port.ControllerService.ClusterView;
import io.quorate.core.port.ControllerService.ControllerStatus;
import io.quorate.core.port.ControllerService.PartitionView;
import io.quorate.core.port.ControllerService.ReplicaView;
import io.quorate.core.port.ControllerService.WorkerView;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/** The controller's {@code /health}, {@code /workers} and {@code /partitions}. */
final class ClusterHandlers {
    private final ControllerService service;

    ClusterHandlers(ControllerService service) {
        this.service = service;
    }

    void health(Exchange exchange) {
        ControllerStatus status = service.status();
        exchange.json(200, JsonText.object(json -> {
            json.writeStringProperty("status", "controller up");
            json.writeNumberProperty("workers_count", status.workersUp());
            json.writeNumberProperty("workers_registered", status.workersRegistered());
            json.writeStringProperty("id", status.controller());
            json.writeBooleanProperty("active", status.active());
            JsonText.orNull(json, "activeController", status.activeController());
            JsonText.orNull(json, "cluster", status.cluster());
            json.writeBooleanProperty("ready", status.ready());
        }));
    }

    void workers(Exchange exchange) {
        exchange.json(
                200,
                JsonText.object(json -> JsonText.objects(json, "workers", service.workers(), w -> worker(json, w))));
    }

    private static void worker(JsonGenerator json, WorkerView worker) {
        json.writeStringProperty("id", worker.worker());
        json.writeStringProperty("address", worker.address().http());
        json.writeStringProperty("status", statusName(worker));
        json.writeNumberProperty("lastHeartbeatMillisAgo", worker.lastHeartbeatMillisAgo());
        json.writeStringProperty("peer", worker.address().peer());
        json.writeStringProperty("zone", worker.zone());
        json.writeStringProperty("disk", worker.disk().toString());
        json.writeNumberProperty("incarnation", Incarnation.starts(worker.incarnation()));
        json.writeNumberProperty("phi", finite(worker.phi()));
        json.writeNumberProperty("clockSkewMillis", worker.clockSkewMillis());
        json.writeNumberProperty("leads", worker.leads());
        json.writeNumberProperty("holds", worker.holds());
    }

    static String statusName(WorkerView worker) {
        return worker.status().name().toLowerCase(Locale.ROOT);
    }

    /** JSON has no infinity, which the suspicion of a worker that is long gone reaches. */
    private static double finite(double phi) {
        return Double.isFinite(phi) ? phi : Double.MAX_VALUE;
    }

    void partitions(Exchange exchange) {
        ClusterView view = service.partitions();
        exchange.json(200, JsonText.object(json -> {
            json.writeObjectPropertyStart("summary");
            json.writeNumberProperty("partitions", view.partitions().size());
            json.writeNumberProperty("replicas", view.replicas());
            json.writeNumberProperty("writeQuorum", view.writeQuorum());
            json.writeNumberProperty("underReplicated", view.underReplicated());
            json.writeNumberProperty("leaderless", view.leaderless());
            json.writeNumberProperty("moving", view.moving());
            json.writeNumberProperty("mapVersion", view.mapVersion());
            json.writeEndObject();
            JsonText.objects(json, "partitions", view.partitions(), p -> partition(json, p));
        }));
    }

    private static void partition(JsonGenerator json, PartitionView partition) {
        json.writeNumberProperty("partition", partition.partition());
        json.writeNumberProperty("term", partition.term());
        JsonText.orNull(json, "leader", partition.leader());
        json.writeBooleanProperty("established", partition.established());
        json.writeStringProperty("state", partition.state());
        json.writeStringProperty("detail", partition.detail());
        JsonText.objects(json, "replicas", partition.replicas(), r -> replica(json, r));
        JsonText.objects(json, "learners", partition.learners(), r -> replica(json, r));
    }

    private static void replica(JsonGenerator json, ReplicaView replica) {
        json.writeStringProperty("worker", replica.worker());
        json.writeNumberProperty("commitIndex", replica.commitIndex());
        json.writeNumberProperty("lag", replica.lag());
        json.writeBooleanProperty("healthy", replica.healthy());
        json.writeNumberProperty("snapshotPercent", replica.snapshotPercent());
    }
}
