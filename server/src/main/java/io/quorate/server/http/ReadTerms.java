package io.quorate.server.http;

import io.quorate.api.Bytes;
import io.quorate.api.Consistency;
import io.quorate.api.Lifetime;
import io.quorate.api.LifetimeText;
import io.quorate.api.ReadRequest;
import io.quorate.api.Revision;
import java.util.List;
import java.util.Optional;

/** Under which terms a read is asked for: how consistent, how stale at most, and what it is to see at least. */
final class ReadTerms {
    private static final String CONSISTENCY = "consistency";
    private static final String MAX_STALENESS = "maxStaleness";
    private static final String MIN_REVISION = "minRevision";

    static final List<String> PARAMETERS = List.of(CONSISTENCY, MAX_STALENESS, MIN_REVISION);

    private ReadTerms() {}

    /** The read of a key that the query asks for. */
    static Parsed<ReadRequest> of(Bytes key, Query query) {
        return consistency(query)
                .then(consistency -> stalenessMillis(query, consistency)
                        .then(staleness -> minRevision(query)
                                .map(minimum -> new ReadRequest(key, consistency, staleness, minimum))));
    }

    private static Parsed<Consistency> consistency(Query query) {
        Optional<String> wanted = query.text(CONSISTENCY);
        return switch (wanted.orElse("linearizable")) {
            case "linearizable" -> Parsed.ok(Consistency.LINEARIZABLE);
            case "bounded" -> Parsed.ok(Consistency.BOUNDED);
            case "local" -> Parsed.ok(Consistency.LOCAL);
            default ->
                Parsed.bad("There is no consistency '" + Refusal.shown(wanted.orElseThrow())
                        + "' in this version: known are linearizable, bounded, local.");
        };
    }

    private static Parsed<Long> stalenessMillis(Query query, Consistency consistency) {
        Optional<String> text = query.text(MAX_STALENESS);
        if (consistency != Consistency.BOUNDED) {
            return text.isEmpty()
                    ? Parsed.ok(0L)
                    : Parsed.bad("maxStaleness has a meaning only with consistency=bounded.");
        }
        if (text.isEmpty()) {
            return Parsed.ok(ReadRequest.DEFAULT_STALENESS_MILLIS);
        }
        return LifetimeText.parse(text.get()).orElse(Lifetime.FOREVER) instanceof Lifetime.For(long millis)
                        && millis <= ReadRequest.MAX_STALENESS_MILLIS
                ? Parsed.ok(millis)
                : Parsed.bad("maxStaleness is a whole number with ms, s, m or h, from 1ms to 1h, not '"
                        + Refusal.shown(text.get()) + "'. A bare number is in seconds.");
    }

    private static Parsed<Revision> minRevision(Query query) {
        Optional<String> text = query.text(MIN_REVISION);
        if (text.isEmpty()) {
            return Parsed.ok(Revision.NONE);
        }
        return Revision.parse(text.get())
                .map(Parsed::ok)
                .orElseGet(() -> Parsed.bad("minRevision is a revision as answers give it, such as 7-41, not '"
                        + Refusal.shown(text.get()) + "'."));
    }
}
