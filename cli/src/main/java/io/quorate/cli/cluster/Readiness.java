package io.quorate.cli.cluster;

import io.quorate.cli.client.Http;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Whether a cluster does what it is there for, asked of its controllers. */
final class Readiness {
    private static final Duration ASK_LIMIT = Duration.ofSeconds(2);

    private final Http http;
    private final ClusterPlan plan;

    Readiness(Http http, ClusterPlan plan) {
        this.http = http;
        this.plan = plan;
    }

    /** What is missing, in words; empty when nothing is. */
    List<String> missing() {
        List<String> missing = new ArrayList<>();
        Optional<String> active = Optional.empty();
        for (PartPlan controller : plan.controllerParts()) {
            Optional<JsonNode> health = json(plan.http(controller), "/health");
            if (health.isEmpty()) {
                missing.add("controller " + controller.id() + " does not answer");
            } else if (health.get().path("active").asBoolean(false)) {
                active = Optional.of(plan.http(controller));
            }
        }
        if (active.isEmpty()) {
            missing.add("no controller is active");
        } else {
            addWorkers(active.get(), missing);
            addPartitions(active.get(), missing);
        }
        return missing;
    }

    private void addWorkers(String controller, List<String> missing) {
        JsonNode answer = json(controller, "/workers").orElse(null);
        List<String> up = new ArrayList<>();
        if (answer != null) {
            for (JsonNode worker : answer.path("workers")) {
                if (worker.path("status").asString("").equals("up")) {
                    up.add(worker.path("id").asString(""));
                }
            }
        }
        List<String> away = plan.parts().stream()
                .filter(PartPlan::isWorker)
                .map(PartPlan::id)
                .filter(id -> !up.contains(id))
                .toList();
        if (!away.isEmpty()) {
            missing.add("not up: " + String.join(", ", away));
        }
    }

    private void addPartitions(String controller, List<String> missing) {
        JsonNode summary = json(controller, "/partitions")
                .map(json -> json.path("summary"))
                .orElse(null);
        if (summary == null || summary.path("partitions").asInt(0) == 0) {
            missing.add("no partitions yet");
        } else if (summary.path("leaderless").asInt(0) > 0) {
            missing.add(summary.path("leaderless").asInt(0) + " of "
                    + summary.path("partitions").asInt(0) + " partitions have no leader");
        }
    }

    private Optional<JsonNode> json(String address, String target) {
        return http.get(address, target, ASK_LIMIT) instanceof Http.Reply.Answered answered && answered.isSuccess()
                ? Optional.of(answered.json())
                : Optional.empty();
    }
}
