package io.quorate.client;

import io.quorate.api.Consistency;
import io.quorate.api.Lifetime;
import io.quorate.api.LifetimeText;
import io.quorate.api.Problem;
import io.quorate.api.ReadOutcome.Served;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import io.quorate.api.ValueForm;
import io.quorate.client.Members.MissingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What answers say that tell what there is: empty for those that are refusals or are not understood. */
final class ReadAnswers {
    private static final int OK = 200;
    private static final Pattern MILLIS = Pattern.compile("(\\d{1,18})ms");

    /** Nothing is told of who answered an item of a batch; each is read linearizably. */
    private static final Served BY_BATCH = new Served("", "", Consistency.LINEARIZABLE, Revision.NONE);

    private ReadAnswers() {}

    /** The answer to a read of a key. */
    static Optional<ReadResult> single(Reply.Answered answer) {
        if (answer.status() == OK) {
            return Tag.revision(answer).map(revision -> found(answer, revision));
        }
        return ProblemBody.of(answer).refusal().is(Problem.KEY_NOT_FOUND)
                ? Optional.of(new ReadResult.Missing(served(answer)))
                : Optional.empty();
    }

    private static ReadResult found(Reply.Answered answer, Revision revision) {
        Value value = answer.headers()
                .first(Header.STORED_TYPE)
                .map(type -> Value.raw(answer.body(), type))
                .orElseGet(() -> new Value(answer.body(), "", ValueForm.JSON));
        return new ReadResult.Found(value, revision, timeToLive(answer), served(answer));
    }

    private static Optional<Duration> timeToLive(Reply.Answered answer) {
        return answer.headers()
                .first(Header.TTL)
                .flatMap(LifetimeText::parse)
                .flatMap(lifetime -> lifetime instanceof Lifetime.For(long millis)
                        ? Optional.of(Duration.ofMillis(millis))
                        : Optional.empty());
    }

    private static Served served(Reply.Answered answer) {
        return new Served(
                answer.headers().first(Header.SERVED_BY).orElse(""),
                answer.headers().first(Header.ROLE).orElse(""),
                answer.headers()
                        .first(Header.CONSISTENCY)
                        .flatMap(ReadAnswers::consistency)
                        .orElse(Consistency.LINEARIZABLE),
                answer.headers().first(Header.APPLIED).flatMap(Revision::parse).orElse(Revision.NONE),
                answer.headers()
                        .first(Header.STALENESS)
                        .map(ReadAnswers::millis)
                        .orElseGet(OptionalLong::empty));
    }

    private static Optional<Consistency> consistency(String name) {
        return Arrays.stream(Consistency.values())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }

    private static OptionalLong millis(String text) {
        Matcher millis = MILLIS.matcher(text);
        return millis.matches() ? OptionalLong.of(Long.parseLong(millis.group(1))) : OptionalLong.empty();
    }

    /**
     * What an item of a batch says that was a read.
     *
     * @param nowMillis the time of this machine, milliseconds since 1970
     */
    static Optional<ReadResult> item(Json item, long nowMillis) {
        Optional<ProblemBody> problem = ProblemBody.of(item);
        if (problem.isPresent()) {
            return problem.get().refusal().is(Problem.KEY_NOT_FOUND)
                    ? Optional.of(new ReadResult.Missing(BY_BATCH))
                    : Optional.empty();
        }
        return found(item, nowMillis).map(found -> found);
    }

    /** What an item of a batch says that found its key. */
    static Optional<ReadResult.Found> found(Json item, long nowMillis) {
        try {
            Members members = new Members(item);
            Value value = members.value().orElseThrow(MissingException::new);
            return Optional.of(new ReadResult.Found(value, members.revision(), timeToLive(item, nowMillis), BY_BATCH));
        } catch (MissingException malformed) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> timeToLive(Json item, long nowMillis) {
        OptionalLong expiresMillis = item.number("expiresMillis");
        return expiresMillis.isPresent()
                ? Optional.of(Duration.ofMillis(Math.max(1, expiresMillis.getAsLong() - nowMillis)))
                : Optional.empty();
    }

    /**
     * A page of a listing.
     *
     * @param begin the cursor that was asked with: a page without keys that names it again would be asked for without end
     */
    static Optional<PageResult> page(Reply.Answered answer, Optional<String> begin) {
        return body(answer)
                .filter(body -> body.member("items").orElse(null) instanceof Json.Elements)
                .filter(body ->
                        body.member("cursor").isPresent() == body.text("cursor").isPresent())
                .flatMap(body -> items(body).map(items -> new PageResult.Page(items, body.text("cursor"))))
                .filter(page -> !page.items().isEmpty()
                        || page.cursor().isEmpty()
                        || !page.cursor().equals(begin))
                .map(PageResult.class::cast);
    }

    private static Optional<List<ListedKey>> items(Json page) {
        List<ListedKey> items = new ArrayList<>();
        try {
            for (Json item : page.elements("items")) {
                Members members = new Members(item);
                items.add(new ListedKey(
                        members.key(), members.value(), members.revision(), item.number("expiresMillis")));
            }
            return Optional.of(items);
        } catch (MissingException malformed) {
            return Optional.empty();
        }
    }

    /** How many keys there are. */
    static Optional<CountResult> count(Reply.Answered answer) {
        return body(answer).flatMap(body -> {
            OptionalLong count = body.number("count");
            return count.isPresent() ? Optional.of(new CountResult.Counted(count.getAsLong())) : Optional.empty();
        });
    }

    private static Optional<Json> body(Reply.Answered answer) {
        return answer.status() == OK ? JsonReader.read(answer.body()) : Optional.empty();
    }
}
