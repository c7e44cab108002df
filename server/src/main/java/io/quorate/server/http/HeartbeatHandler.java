package io.quorate.server.http;

import io.quorate.api.Bytes;
import io.quorate.api.Limits;
import io.quorate.api.Problem;
import io.quorate.core.cluster.WorkerAddress;
import io.quorate.core.message.Heartbeat;
import io.quorate.core.message.HeartbeatAnswer;
import io.quorate.core.port.ControllerService;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code POST /heartbeat}: a worker's sign of life. */
final class HeartbeatHandler {
    /** The longest heartbeat: a report of every partition that a cluster can have. */
    static final int MAX_HEARTBEAT_BYTES = Limits.MAX_PARTITIONS * 1_024;

    private static final Pattern WORKER_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final int MAX_ADDRESS_CHARS = 512;

    private final ControllerService service;

    HeartbeatHandler(ControllerService service) {
        this.service = service;
    }

    void handle(Exchange exchange) {
        switch (Routes.jsonOnly(exchange)) {
            case Parsed.Refused<Boolean>(Refusal refusal) -> exchange.refuse(refusal);
            case Parsed.Ok<Boolean> json ->
                exchange.readBody(
                        MAX_HEARTBEAT_BYTES,
                        Refusal.of(
                                Problem.VALUE_TOO_LARGE,
                                "The longest heartbeat has " + MAX_HEARTBEAT_BYTES + " bytes."),
                        body -> receive(exchange, body));
        }
    }

    private void receive(Exchange exchange, Bytes body) {
        Optional<Heartbeat> heartbeat = HeartbeatJson.readHeartbeat(body).filter(HeartbeatHandler::isSound);
        if (heartbeat.isPresent()) {
            service.heartbeat(heartbeat.get(), exchange.guarded(answer -> answer(exchange, answer)));
        } else {
            exchange.refuse(Refusal.badRequest(
                    "This is not a heartbeat of version " + HeartbeatJson.VERSION + ". Nothing was taken from it."));
        }
    }

    private static boolean isSound(Heartbeat heartbeat) {
        return WORKER_ID.matcher(heartbeat.worker()).matches()
                && heartbeat.incarnation() >= 1
                && heartbeat.sequence() >= 1
                && heartbeat.mapVersion() >= 0
                && heartbeat.zone().length() <= MAX_ADDRESS_CHARS
                && isAddress(heartbeat.address())
                && heartbeat.reports().stream()
                        .allMatch(report -> isPartition(report.partition()) && report.term() >= 0)
                && heartbeat.stalled().stream().allMatch(HeartbeatHandler::isPartition);
    }

    private static boolean isAddress(WorkerAddress address) {
        return HttpAddress.parse(address.http()).isPresent()
                && address.http().length() <= MAX_ADDRESS_CHARS
                && !address.peer().isBlank()
                && address.peer().length() <= MAX_ADDRESS_CHARS;
    }

    private static boolean isPartition(int partition) {
        return partition >= 0 && partition < Limits.MAX_PARTITIONS;
    }

    private static void answer(Exchange exchange, HeartbeatAnswer answer) {
        switch (answer) {
            case HeartbeatAnswer.Heard heard -> exchange.json(200, HeartbeatJson.write(heard));
            case HeartbeatAnswer.NotActive notActive ->
                refuse(exchange, Problem.MISDIRECTED, ActiveForward.notActive(notActive.activeController()), answer);
            case HeartbeatAnswer.NotYet(String reason) -> refuse(exchange, Problem.NOT_READY, reason, answer);
            case HeartbeatAnswer.Refused(HeartbeatAnswer.Refused.Kind kind, String detail) ->
                refuse(exchange, problem(kind), detail, answer);
        }
    }

    private static Problem problem(HeartbeatAnswer.Refused.Kind kind) {
        return switch (kind) {
            case DUPLICATE_ID -> Problem.DUPLICATE_WORKER;
            case OTHER_CLUSTER, OLD_COPY, OTHER_SETTINGS -> Problem.BAD_REQUEST;
        };
    }

    /** The body is a problem for people and the answer for the worker. */
    private static void refuse(Exchange exchange, Problem problem, String text, HeartbeatAnswer answer) {
        exchange.refuse(
                Refusal.of(problem, text),
                Problems.NOT_APPLIED,
                json -> HeartbeatJson.writeMembers(answer, json, List.of("detail")));
    }
}
