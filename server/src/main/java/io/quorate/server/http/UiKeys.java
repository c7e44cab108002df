package io.quorate.server.http;

import io.quorate.api.Bytes;
import io.quorate.api.Problem;
import io.quorate.core.port.ControllerService;
import io.quorate.core.port.ControllerService.WorkerView;
import io.quorate.core.port.WorkerService.KeyPage;
import io.quorate.core.port.WorkerService.KeyQuery;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code GET /ui/api/keys}: the keys that one worker holds, or those of all workers that are up, merged. */
final class UiKeys {
    static final List<String> PARAMETERS = List.of("worker", "prefix", "limit", "cursor");
    private static final JsonMapper MAPPER = new JsonMapper();

    private final ControllerService service;
    private final Upstream upstream;
    private final HttpSettings settings;

    UiKeys(ControllerService service, Upstream upstream, HttpSettings settings) {
        this.service = service;
        this.upstream = upstream;
        this.settings = settings;
    }

    void handle(Exchange exchange) {
        record Search(KeyQuery query, List<WorkerView> workers) {}
        Parsed<Search> search = exchange.query(PARAMETERS)
                .then(query -> KeyPages.query(query)
                        .then(keys -> UiApi.candidates(service, query.text("worker"))
                                .map(workers -> new Search(keys, workers))));
        switch (search) {
            case Parsed.Refused<Search>(Refusal refusal) -> exchange.refuse(refusal);
            case Parsed.Ok<Search>(Search(KeyQuery query, List<WorkerView> workers)) ->
                new Collection(exchange, query, workers.size()).ask(workers);
        }
    }

    /** The answers of several workers on their way to one. */
    private final class Collection {
        private final Exchange exchange;
        private final KeyQuery query;
        private final TreeSet<Bytes> keys = new TreeSet<>();
        private final List<String> silent = new ArrayList<>();
        private int awaited;
        private boolean more;
        /** Beyond the end of a page that has more to come nothing is known to be complete. */
        private Optional<Bytes> completeTo = Optional.empty();

        Collection(Exchange exchange, KeyQuery query, int awaited) {
            this.exchange = exchange;
            this.query = query;
            this.awaited = awaited;
        }

        void ask(List<WorkerView> workers) {
            String target = "/keys?limit=" + query.limit() + "&prefix=" + PercentCoding.encode(query.prefix())
                    + query.after()
                            .map(after -> "&cursor=" + KeyPages.cursorOf(after))
                            .orElse("");
            for (WorkerView worker : workers) {
                upstream.ask(
                        new Upstream.Request(
                                "GET",
                                worker.address().http(),
                                target,
                                Map.of("Accept", MediaTypes.JSON),
                                Bytes.EMPTY,
                                settings.requestTimeoutMillis()),
                        exchange.guarded(answer -> add(worker, answer)));
            }
        }

        private void add(WorkerView worker, Upstream.Answer answer) {
            Optional<KeyPage> page = answer instanceof Upstream.Answer.Answered answered && answered.status() == 200
                    ? page(answered.body())
                    : Optional.empty();
            page.ifPresentOrElse(this::add, () -> silent.add(worker.worker()));
            awaited--;
            if (awaited == 0) {
                finish();
            }
        }

        private void add(KeyPage page) {
            keys.addAll(page.keys());
            if (page.more()) {
                more = true;
                Bytes last = page.keys().getLast();
                completeTo =
                        completeTo.filter(known -> known.compareTo(last) < 0).or(() -> Optional.of(last));
            }
        }

        private void finish() {
            if (keys.isEmpty() && !silent.isEmpty()) {
                exchange.refuse(Refusal.of(
                        Problem.NOT_READY, "No list of keys from " + String.join(", ", silent) + ": try again."));
                return;
            }
            List<Bytes> merged = keys.stream()
                    .filter(key -> completeTo.isEmpty() || key.compareTo(completeTo.get()) <= 0)
                    .limit(query.limit())
                    .toList();
            KeyPage fitting = KeyPages.fitting(new KeyPage(merged, more || merged.size() < keys.size()));
            Optional<Bytes> cursor = fitting.more() ? Optional.of(fitting.keys().getLast()) : Optional.empty();
            exchange.json(
                    200,
                    KeyPages.json(fitting.keys(), cursor, json -> JsonText.strings(json, "withoutAnswerOf", silent)));
        }
    }

    private static Optional<KeyPage> page(Bytes body) {
        try {
            JsonNode document = MAPPER.readTree(body.toArray());
            List<Bytes> keys = new ArrayList<>();
            for (JsonNode key : document.path("keys")) {
                keys.add(
                        key.isString()
                                ? Bytes.utf8(key.stringValue())
                                : Bytes.wrap(Base64.getDecoder()
                                        .decode(key.path("keyBase64").asString())));
            }
            return Optional.of(new KeyPage(keys, document.has("cursor") && !keys.isEmpty()));
        } catch (JacksonException | IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
