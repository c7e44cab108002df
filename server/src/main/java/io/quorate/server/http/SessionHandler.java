package io.quorate.server.http;

import io.quorate.api.Bytes;
import io.quorate.api.Command;
import io.quorate.api.Outcome;
import io.quorate.api.Partitioning;
import io.quorate.api.Session;
import io.quorate.api.WriteRequest;
import io.quorate.core.port.WorkerService;
import java.util.List;
import java.util.Optional;

/** {@code POST /sessions?key={key}}: opens a session for the writes of a client to the key's partition. */
final class SessionHandler {
    private static final String KEY = "key";

    private final WorkerService service;
    private final HttpSettings settings;

    SessionHandler(WorkerService service, HttpSettings settings) {
        this.service = service;
        this.settings = settings;
    }

    void handle(Exchange exchange) {
        switch (exchange.query(List.of(KEY)).then(SessionHandler::key)) {
            case Parsed.Refused<Bytes>(Refusal refusal) -> exchange.refuse(refusal);
            case Parsed.Ok<Bytes>(Bytes key) -> open(exchange, key);
        }
    }

    private static Parsed<Bytes> key(Query query) {
        Optional<Bytes> key = query.bytes(KEY).filter(given -> !given.isEmpty());
        return key.isEmpty()
                ? Parsed.bad("A session belongs to a partition: name any key of it, for example /sessions?key=mykey.")
                : KeyFromPath.checked(key.get());
    }

    private void open(Exchange exchange, Bytes key) {
        int partitions = service.map().partitions();
        if (partitions == 0) {
            exchange.refuse(Refusal.withoutMap());
            return;
        }
        int partition = new Partitioning(partitions).of(key);
        service.write(
                WriteRequest.of(new Command.OpenSession(key)),
                settings.requestTimeoutMillis(),
                exchange.guarded(outcome -> answer(exchange, partition, outcome)));
    }

    private static void answer(Exchange exchange, int partition, Outcome outcome) {
        if (outcome instanceof Outcome.Applied applied) {
            exchange.with(KvHeaders.OUTCOME, Problems.APPLIED).json(201, JsonText.object(json -> {
                json.writeStringProperty("session", new Session(partition, applied.revision()).toString());
                json.writeNumberProperty("partition", partition);
                json.writeNumberProperty("idleMillis", Session.IDLE_MILLIS);
            }));
        } else {
            WriteAnswers.refused(exchange, outcome, _ -> {});
        }
    }
}
