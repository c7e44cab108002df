package io.quorate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.quorate.api.Bytes;
import io.quorate.api.Problem;
import io.quorate.api.Revision;
import io.quorate.api.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Listings of a client against workers that answer what the test says. */
@Timeout(60)
class ListingTest {
    private static final ListOptions ALL = ListOptions.of(Bytes.EMPTY);

    private final ScriptedWorker w1 = new ScriptedWorker();
    private final ScriptedWorker w2 = new ScriptedWorker();
    private final QuorateClient client = QuorateClient.builder()
            .address(w1.address())
            .address(w2.address())
            .onlyTheseWorkers()
            .maxAttempts(3)
            .maxResponseBytes(500)
            .build();

    @AfterEach
    void closeAll() {
        client.close();
        w1.close();
        w2.close();
    }

    private static String item(String key) {
        return "{\"key\":\"" + key + "\",\"revision\":\"7-41\"}";
    }

    private static ScriptedWorker.Step page(String cursor, String... items) {
        String next = cursor.isEmpty() ? "" : ",\"cursor\":\"" + cursor + "\"";
        return ScriptedWorker.with(200, Map.of(), "{\"items\":[" + String.join(",", items) + "]" + next + "}");
    }

    private static ScriptedWorker.Step problem(Problem problem) {
        return ScriptedWorker.with(problem.httpStatus(), Map.of(), Answers.problemBody(problem, "not_applied"));
    }

    private static List<String> texts(Iterable<ListedKey> keys) {
        List<String> texts = new ArrayList<>();
        keys.forEach(each -> texts.add(each.key().asUtf8().orElseThrow()));
        return texts;
    }

    @Test
    void aLoopGoesThroughAllPagesAndAsksForOneWhenTheLastIsUsedUp() {
        w1.then(page("c1", item("a"), item("b"))).then(page("c/2")).then(page("", item("c")));
        var keys = client.list(ListOptions.of(Bytes.utf8("p/")).pageSize(2)).iterator();

        assertThat(w1.received()).isEmpty();
        assertThat(keys.next().key()).isEqualTo(Bytes.utf8("a"));
        assertThat(keys.next().key()).isEqualTo(Bytes.utf8("b"));
        assertThat(w1.received()).hasSize(1);
        assertThat(keys.next().key()).isEqualTo(Bytes.utf8("c"));
        assertThat(keys.hasNext()).isFalse();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(keys::next);
        assertThat(w1.received())
                .extracting(ScriptedWorker.Received::target)
                .containsExactly(
                        "/kv?prefix=p%2F&limit=2&values=false",
                        "/kv?prefix=p%2F&limit=2&values=false&cursor=c1",
                        "/kv?prefix=p%2F&limit=2&values=false&cursor=c%2F2");
    }

    @Test
    void everyLoopAndEveryStreamBeginsAnewAndAShortOneAsksForNoMoreThanItNeeds() {
        w1.then(page("c1", item("a"), item("b")))
                .then(page("c1", item("a"), item("b")))
                .then(page("", item("c")));
        Listing listing = client.list(ALL);

        assertThat(listing.stream().limit(2).map(ListedKey::key)).containsExactly(Bytes.utf8("a"), Bytes.utf8("b"));
        assertThat(w1.received()).hasSize(1);
        assertThat(texts(listing)).containsExactly("a", "b", "c");
        assertThat(w1.received()).hasSize(3);
    }

    @Test
    void aParallelStreamHasAllKeysAndKeepsOnePage() {
        w1.then(page("c1", item("a"), item("b"))).then(page("", item("c")));

        assertThat(client.list(ALL).spliterator().trySplit()).isNull();
        assertThat(client.list(ALL).stream().parallel().map(ListedKey::key).toList())
                .containsExactly(Bytes.utf8("a"), Bytes.utf8("b"), Bytes.utf8("c"));
    }

    @Test
    void aPageTellsKeysWithTheirValuesAndWhereTheNextOneBegins() {
        String whole = "{\"keyBase64\":\"/wA=\",\"value\":\"v\",\"contentType\":\"text/x\",\"revision\":\"7-41\","
                + "\"expiresMillis\":1700000000123}";
        w1.then(page("c1", whole));

        PageResult expected = new PageResult.Page(
                List.of(new ListedKey(
                        Bytes.wrap(new byte[] {(byte) 0xFF, 0}),
                        Optional.of(Value.raw(Bytes.utf8("v"), "text/x")),
                        new Revision(7, 41),
                        OptionalLong.of(1_700_000_000_123L))),
                Optional.of("c1"));
        assertThat(client.page(ALL.withValues().from("c0"))).isEqualTo(expected);
        assertThat(client.async().page(ALL).join()).isEqualTo(expected);
        assertThat(w1.received().getFirst().target()).isEqualTo("/kv?prefix=&limit=1000&values=true&cursor=c0");
    }

    @Test
    void keysAreCounted() {
        w1.then(problem(Problem.OVERLOADED));
        w2.then(ScriptedWorker.with(200, Map.of(), "{\"count\":12}"));

        assertThat(client.count(Bytes.utf8("p/"))).isEqualTo(new CountResult.Counted(12));
        assertThat(client.async().count(Bytes.EMPTY).join()).isEqualTo(new CountResult.Counted(12));
        assertThat(w2.received().getFirst().target()).isEqualTo("/kv?prefix=p%2F&count=true");
    }

    @Test
    void aPageThatOneWorkerDoesNotServeIsAskedForAtTheNext() {
        w1.then(page("c1", item("a"))).then(ScriptedWorker.cut());
        w2.then(problem(Problem.NO_LEADER)).then(page("", item("b")));

        assertThat(texts(client.list(ALL).stream().limit(1).toList())).containsExactly("a");
        w1.then(page("", item("b")));
        assertThat(texts(client.list(ALL.from("c1")))).containsExactly("b");
    }

    @Test
    void aListingThatCannotGoOnTellsWhyAndFromWhere() {
        w1.then(page("c1", item("a"))).then(problem(Problem.NO_LEADER));
        w2.then(problem(Problem.NO_LEADER));
        List<String> seen = new ArrayList<>();

        assertThatExceptionOfType(ListingEndedException.class)
                .isThrownBy(() ->
                        client.list(ALL).forEach(each -> seen.add(each.key().toString())))
                .satisfies(end -> assertThat(end.why()).isEqualTo(Answers.refusal(Problem.NO_LEADER)))
                .satisfies(end -> assertThat(end.cursor()).contains("c1"));
        assertThat(seen).containsExactly("a");
        assertThat(client.count(Bytes.EMPTY)).isEqualTo(new CountResult.NotServed(Answers.refusal(Problem.NO_LEADER)));
    }

    @Test
    void aCursorThatIsNoneEndsItAtOnce() {
        w1.then(problem(Problem.BAD_REQUEST));

        assertThat(client.page(ALL.from("x")))
                .isEqualTo(new PageResult.NotServed(Answers.refusal(Problem.BAD_REQUEST)));
        assertThat(w2.received()).isEmpty();
    }

    @Test
    void anAnswerThatIsNoPageIsNeverTakenForTheEnd() {
        for (String body : List.of(
                "{}",
                "{\"items\":{}}",
                "{\"items\":[{\"key\":\"a\"}]}",
                "{\"items\":[],\"cursor\":5}",
                "{\"items\":[],\"cursor\":\"same\"}",
                "no JSON")) {
            ScriptedWorker.Step odd = ScriptedWorker.with(200, Map.of(), body);
            try (ScriptedWorker worker = new ScriptedWorker().then(odd);
                    QuorateClient other = QuorateClient.builder()
                            .address(worker.address())
                            .onlyTheseWorkers()
                            .maxAttempts(2)
                            .build()) {
                assertThat(other.page(ALL.from("same")))
                        .as(body)
                        .isInstanceOfSatisfying(
                                PageResult.NotServed.class,
                                refused -> assertThat(refused.why().is(Problem.INTERNAL))
                                        .isTrue());
                assertThat(worker.received()).hasSize(2);
            }
        }
    }

    @Test
    void aPageThatIsTooLongIsAskedForWithFewerKeys() {
        ScriptedWorker.Step tooLong = page("", item("k".repeat(4_000)));
        w1.then(tooLong);
        w2.then(page("", item("a"))).then(tooLong);

        assertThat(texts(client.list(ALL))).containsExactly("a");
        assertThat(w1.received().getFirst().target()).contains("&limit=1000&");
        assertThat(w2.received().getFirst().target()).contains("&limit=250&");
        assertThat(client.page(ALL.pageSize(2)))
                .isInstanceOfSatisfying(
                        PageResult.NotServed.class,
                        refused -> assertThat(refused.why().is(Problem.VALUE_TOO_LARGE))
                                .isTrue());
        assertThat(w2.received().getLast().target()).contains("&limit=1&");
    }

    @Test
    void anInterruptOrAClosedClientIsNeverTakenForTheEnd() {
        w1.then(page("c1", item("a")));
        Listing listing = client.list(ALL);
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(ListingEndedException.class).isThrownBy(() -> texts(listing));
        assertThat(Thread.interrupted()).isTrue();

        var keys = listing.iterator();
        assertThat(keys.next().key()).isEqualTo(Bytes.utf8("a"));
        client.close();
        assertThatIllegalStateException().isThrownBy(keys::hasNext);
        assertThatIllegalStateException().isThrownBy(() -> client.list(ALL));
        assertThatIllegalStateException().isThrownBy(() -> client.async().list(ALL));
    }

    @Test
    void wrongArgumentsAreMistakesAndALongPrefixIsRefusedUnasked() {
        assertThatIllegalArgumentException().isThrownBy(() -> ALL.pageSize(0));
        assertThatIllegalArgumentException().isThrownBy(() -> ALL.pageSize(10_001));
        assertThat(client.count(Bytes.utf8("k".repeat(4_097))))
                .isInstanceOfSatisfying(
                        CountResult.NotServed.class,
                        refused -> assertThat(refused.why().is(Problem.KEY_TOO_LARGE))
                                .isTrue());
        assertThat(w1.received()).isEmpty();
    }
}
