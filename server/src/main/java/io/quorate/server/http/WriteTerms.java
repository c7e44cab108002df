package io.quorate.server.http;

import io.quorate.api.Command;
import io.quorate.api.Condition;
import io.quorate.api.Lifetime;
import io.quorate.api.WriteRequest;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.Optional;

/**
 * Under which terms a write is asked for: its condition, how long the key is to live, and what makes it repeatable.
 *
 * @param lifetime empty when the request does not say
 * @param acks as {@link WriteRequest#acks}
 * @param explain whether the answer is to say how it went
 */
record WriteTerms(Condition condition, Optional<Lifetime> lifetime, WriteNaming naming, int acks, boolean explain) {
    static final String TTL = "ttl";
    static final String W = "w";
    static final String EXPLAIN = "explain";

    private static final int MOST_REPLICAS = 99;

    /** Conditions and promises that a later version may keep: nobody is to believe that this one does. */
    private static final List<String> UNSUPPORTED = List.of("If-Unmodified-Since", "Content-Range");

    /**
     * Reads the terms off the headers and the query.
     *
     * @param takesLifetime whether the request may say how long the key is to live
     */
    static Parsed<WriteTerms> of(Exchange exchange, Query query, boolean takesLifetime) {
        return supported(exchange, UNSUPPORTED)
                .then(nothing -> condition(exchange))
                .then(condition -> lifetime(exchange, query, takesLifetime)
                        .then(lifetime -> WriteNaming.of(exchange)
                                .then(naming -> acks(query)
                                        .then(acks -> query.flag(EXPLAIN)
                                                .map(explain ->
                                                        new WriteTerms(condition, lifetime, naming, acks, explain))))));
    }

    /** The write of a command that was made with these terms. */
    WriteRequest request(Command command) {
        return new WriteRequest(command, naming.of(List.of(command)))
                .withAcks(acks)
                .explained(explain);
    }

    /** {@code w=3}, {@code w=all}; whether so many fit the partition is for its leader to say. */
    static Parsed<Integer> acks(Query query) {
        return query.text(W).filter("all"::equals).isPresent()
                ? Parsed.ok(WriteRequest.ALL)
                : query.number(W, 1, MOST_REPLICAS, WriteRequest.AS_THE_CLUSTER);
    }

    private static Parsed<Condition> condition(Exchange exchange) {
        Optional<String> match = exchange.list(HttpHeaders.IF_MATCH);
        Optional<String> noneMatch = exchange.list(HttpHeaders.IF_NONE_MATCH);
        if (match.isPresent() && noneMatch.isPresent()) {
            return Parsed.bad("If-Match and If-None-Match contradict or repeat each other: send one of them.");
        }
        if (match.isPresent()) {
            return EntityTags.required(match.get());
        }
        return noneMatch.isPresent() ? EntityTags.excluded(noneMatch.get()) : Parsed.ok(Condition.ALWAYS);
    }

    private static Parsed<Optional<Lifetime>> lifetime(Exchange exchange, Query query, boolean takesLifetime) {
        Optional<String> parameter = query.text(TTL);
        Optional<String> header = Optional.ofNullable(exchange.header(KvHeaders.TTL));
        if (!takesLifetime && header.isPresent()) {
            return Parsed.bad("Quorate-TTL has no meaning on this request.");
        }
        if (parameter.isPresent() && header.isPresent()) {
            return Parsed.bad("The time to live is given twice: as ttl and as Quorate-TTL.");
        }
        return parameter
                .or(() -> header)
                .map(text -> TimeToLive.parse(text).map(Optional::of))
                .orElseGet(() -> Parsed.ok(Optional.empty()));
    }

    /** Refuses a request with a header that would change its meaning and is not known here. */
    static Parsed<Boolean> supported(Exchange exchange, List<String> unsupported) {
        for (String header : unsupported) {
            if (exchange.header(header) != null) {
                return Parsed.bad("The header " + header + " is not supported on " + exchange.method()
                        + " in this version. Nothing was done: send the request without it, or not at all.");
            }
        }
        return Parsed.ok(true);
    }
}
