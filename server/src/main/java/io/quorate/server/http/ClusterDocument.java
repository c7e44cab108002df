package io.quorate.server.http;

import io.quorate.api.Bytes;
import io.quorate.core.port.ControllerService;
import io.quorate.core.port.ControllerService.ClusterView;
import io.quorate.core.port.ControllerService.ControllerStatus;
import io.quorate.core.port.ControllerService.PartitionView;
import io.quorate.core.port.ControllerService.ReplicaView;
import io.quorate.core.port.ControllerService.WorkerView;
import io.vertx.core.http.HttpHeaders;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * {@code GET /ui/api/cluster}: all that the page shows of the cluster, in one document that keeps its tag while nothing
 * worth showing changes.
 *
 * <p>Ages and clock differences are rounded for that. Partitions are arrays, because there may be thousands: {@code
 * [partition, term, leader, established, state, detail, replicas]}, a replica is {@code [worker, learner, lag, healthy,
 * snapshotPercent]}; workers are positions in {@code workers}, -1 for none, and flags are 0 or 1.
 */
final class ClusterDocument {
    private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long SKEW_STEP_MILLIS = 500;
    private static final int TAG_BYTES = 12;

    private final ControllerService service;
    private Bytes body = Bytes.EMPTY;
    private String tag = "";
    private long madeNanos;

    ClusterDocument(ControllerService service) {
        this.service = service;
    }

    void handle(Exchange exchange) {
        long now = System.nanoTime();
        if (tag.isEmpty() || now - madeNanos > FRESH_NANOS) {
            body = JsonText.object(this::write);
            tag = tagOf(body);
            madeNanos = now;
        }
        exchange.with(HttpHeaders.ETAG, tag).with(HttpHeaders.CACHE_CONTROL, "no-cache");
        if (EntityTags.match(exchange.list(HttpHeaders.IF_NONE_MATCH), tag)) {
            exchange.empty(304);
        } else {
            exchange.json(200, body);
        }
    }

    static String tagOf(Bytes content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(content.asBuffer());
            return '"' + HexFormat.of().formatHex(digest.digest(), 0, TAG_BYTES) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private void write(JsonGenerator json) {
        ControllerStatus status = service.status();
        List<WorkerView> workers = service.workers();
        ClusterView view = service.partitions();
        json.writeObjectPropertyStart("controller");
        json.writeStringProperty("id", status.controller());
        JsonText.orNull(json, "cluster", status.cluster());
        json.writeBooleanProperty("ready", status.ready());
        json.writeEndObject();
        json.writeObjectPropertyStart("summary");
        json.writeNumberProperty("workersUp", status.workersUp());
        json.writeNumberProperty("workersRegistered", status.workersRegistered());
        json.writeNumberProperty("partitions", view.partitions().size());
        json.writeNumberProperty("replicas", view.replicas());
        json.writeNumberProperty("writeQuorum", view.writeQuorum());
        json.writeNumberProperty("underReplicated", view.underReplicated());
        json.writeNumberProperty("leaderless", view.leaderless());
        json.writeNumberProperty("moving", view.moving());
        json.writeNumberProperty("mapVersion", view.mapVersion());
        json.writeEndObject();
        JsonText.objects(json, "workers", workers, worker -> worker(json, worker));
        partitions(json, view.partitions(), positions(workers));
    }

    private static Map<String, Integer> positions(List<WorkerView> workers) {
        Map<String, Integer> positions = new HashMap<>();
        for (WorkerView worker : workers) {
            positions.put(worker.worker(), positions.size());
        }
        return positions;
    }

    private static void worker(JsonGenerator json, WorkerView worker) {
        json.writeStringProperty("id", worker.worker());
        json.writeStringProperty("address", worker.address().http());
        json.writeStringProperty("zone", worker.zone());
        json.writeStringProperty("status", ClusterHandlers.statusName(worker));
        json.writeNumberProperty(
                "heartbeatSecondsAgo", TimeUnit.MILLISECONDS.toSeconds(worker.lastHeartbeatMillisAgo()));
        json.writeNumberProperty("clockSkewMillis", worker.clockSkewMillis() / SKEW_STEP_MILLIS * SKEW_STEP_MILLIS);
        json.writeNumberProperty("leads", worker.leads());
        json.writeNumberProperty("holds", worker.holds());
    }

    private static void partitions(JsonGenerator json, List<PartitionView> partitions, Map<String, Integer> positions) {
        json.writeArrayPropertyStart("partitions");
        for (PartitionView partition : partitions) {
            json.writeStartArray();
            json.writeNumber(partition.partition());
            json.writeNumber(partition.term());
            json.writeNumber(position(positions, partition.leader().orElse(null)));
            json.writeNumber(flag(partition.established()));
            json.writeString(partition.state());
            json.writeString(partition.detail());
            json.writeStartArray();
            partition.replicas().forEach(replica -> replica(json, replica, false, positions));
            partition.learners().forEach(replica -> replica(json, replica, true, positions));
            json.writeEndArray();
            json.writeEndArray();
        }
        json.writeEndArray();
    }

    private static void replica(
            JsonGenerator json, ReplicaView replica, boolean learner, Map<String, Integer> positions) {
        json.writeStartArray();
        json.writeNumber(position(positions, replica.worker()));
        json.writeNumber(flag(learner));
        json.writeNumber(replica.lag());
        json.writeNumber(flag(replica.healthy()));
        json.writeNumber(replica.snapshotPercent());
        json.writeEndArray();
    }

    private static int position(Map<String, Integer> positions, @Nullable String worker) {
        return worker == null ? -1 : positions.getOrDefault(worker, -1);
    }

    private static int flag(boolean set) {
        return set ? 1 : 0;
    }
}
