package io.quorate.acceptance.process;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.quorate.acceptance.process.PageBrowser.button;
import static io.quorate.acceptance.process.PageBrowser.card;
import static io.quorate.acceptance.process.PageBrowser.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.HasCountOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Keys that the web page lists, and changes that it watches, in a real browser on a real cluster. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebPageKeysIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final double PATIENCE_MILLIS = 60_000;
    private static final String HEARTBEAT = "{\"event\":\"heartbeat\",\"position\":\"there\"}";
    private static final Pattern THROUGH = Pattern.compile("through (w\\d+)\\.");

    private ClusterUnderTest cluster;
    private PageBrowser browser;

    @BeforeAll
    void open() {
        cluster = ClusterUnderTest.up("web-page-keys", "--partitions", "8");
        browser = new PageBrowser();
    }

    @AfterAll
    void close() {
        browser.close();
        cluster.close();
    }

    private int send(String worker, String method, String keyAndQuery, String body) {
        try {
            Map<String, String> headers =
                    Map.of("Content-Type", "application/json", "Idempotency-Key", method + keyAndQuery);
            return cluster.ask(worker, method, keyAndQuery, headers, body).statusCode();
        } catch (IOException noAnswer) {
            return 0;
        }
    }

    /** Writes it once, whoever has to be asked how often. */
    private void put(String worker, String keyAndQuery, String value) {
        await(keyAndQuery + " is written")
                .atMost(PATIENCE)
                .until(() -> send(worker, "PUT", keyAndQuery, "{\"value\":\"" + value + "\"}") == 201);
    }

    private static Locator found(Page page) {
        return card(page, "Keys").getByRole(AriaRole.LISTITEM);
    }

    private static Locator changes(Page page) {
        return card(page, "Watch").getByRole(AriaRole.LISTITEM);
    }

    private static Locator list(Page page, String prefix) {
        Locator card = card(page, "Keys");
        field(card, "Begin with").fill(prefix);
        return card;
    }

    private static Locator watch(Page page, String prefix) {
        Locator card = card(page, "Watch");
        field(card, "Keys that begin with").fill(prefix);
        button(card, "Start").click();
        return card;
    }

    private static ContainsTextOptions patiently() {
        return new ContainsTextOptions().setTimeout(PATIENCE_MILLIS);
    }

    @Test
    void keys_are_listed_by_prefix_a_page_at_a_time() {
        String items = IntStream.range(0, 120)
                .mapToObj("{\"op\":\"put\",\"key\":\"paged/%03d\",\"value\":\"v\"}"::formatted)
                .collect(Collectors.joining(","));
        assertThat(cluster.post("w1", "/batch", "{\"items\":[" + items + "]}").status())
                .isEqualTo(200);
        try (Page page = browser.open(cluster, ColorScheme.LIGHT)) {
            Locator card = list(page, "paged/");
            assertThat(card).containsText("Keys 1 to 50");
            assertThat(found(page)).hasCount(50);
            assertThat(found(page).first()).containsText("paged/000");
            assertThat(button(card, "Before")).isDisabled();
            button(card, "Next").click();
            assertThat(card).containsText("Keys 51 to 100");
            assertThat(found(page).first()).containsText("paged/050");
            button(card, "Next").click();
            assertThat(card).containsText("Keys 101 to 120");
            assertThat(found(page)).hasCount(20);
            assertThat(button(card, "Next")).isDisabled();
            button(card, "Before").click();
            assertThat(found(page).first()).containsText("paged/050");
            button(card, "Count all").click();
            assertThat(card).containsText("120 keys in all.");
            list(page, "paged/11");
            assertThat(found(page)).hasCount(10);
            assertThat(card).containsText("Keys 1 to 10");
        }
    }

    @Test
    void where_no_key_begins_so_the_list_says_it() {
        try (Page page = browser.open(cluster, ColorScheme.LIGHT)) {
            assertThat(list(page, "nobody/")).containsText("No key begins so.");
            assertThat(found(page)).hasCount(0);
        }
    }

    @Test
    void a_listed_key_shows_its_value_revision_and_time_to_live_and_opens_where_keys_are_read() {
        put("w1", "shown/a?ttl=1h", "a value");
        put("w1", "shown/b", "x".repeat(1_000));
        try (Page page = browser.open(cluster, ColorScheme.DARK)) {
            list(page, "shown/");
            assertThat(found(page)).hasCount(2);
            assertThat(found(page).first()).containsText("a value");
            assertThat(found(page).first()).containsText(Pattern.compile("\\d+-\\d+"));
            assertThat(found(page).first()).containsText(Pattern.compile("\\d+ min left"));
            assertThat(found(page).last()).not().containsText("left");
            assertThat(found(page).last()).containsText("xxx…");
            button(card(page, "Keys"), "shown/a").click();
            Locator read = card(page, "Read a key");
            assertThat(field(read, "Key")).hasValue("shown/a");
            assertThat(read).containsText("a value");
            assertThat(read).containsText("Time to live");
            assertThat(read).containsText(Pattern.compile("\\d+ min left"));
        }
    }

    @Test
    void what_the_replicas_of_one_worker_have_is_listed_by_name() {
        put("w1", "held/a", "v");
        String holder = cluster.get("c1", "/map?key=held/a").text("primaryId");
        try (Page page = browser.open(cluster, ColorScheme.LIGHT)) {
            Locator card = list(page, "held/");
            field(card, "Held by").selectOption(holder);
            assertThat(card).containsText("What the replicas on " + holder + " have");
            assertThat(button(card, "held/a")).isVisible();
        }
    }

    @Test
    void a_watch_shows_what_is_written_deleted_and_expires_the_newest_first() {
        try (Page page = browser.open(cluster, ColorScheme.LIGHT)) {
            Locator card = watch(page, "seen/");
            assertThat(card).containsText(THROUGH);
            put("w1", "seen/a", "first");
            put("w2", "unseen/a", "other");
            assertThat(changes(page)).hasCount(1);
            assertThat(changes(page).first()).containsText("put");
            assertThat(changes(page).first()).containsText("first");
            assertThat(send("w1", "DELETE", "seen/a", "")).isEqualTo(204);
            assertThat(changes(page)).hasCount(2);
            assertThat(changes(page).first()).containsText("delete");
            put("w3", "seen/b?ttl=1s", "short");
            assertThat(changes(page)).hasCount(4, new HasCountOptions().setTimeout(PATIENCE_MILLIS));
            assertThat(changes(page).first()).containsText("expire");
            assertThat(card).containsText("4 changes seen");
            button(card, "Stop").click();
            assertThat(button(card, "Start")).isVisible();
            button(card, "seen/b").first().click();
            assertThat(field(card(page, "Read a key"), "Key")).hasValue("seen/b");
        }
    }

    @Test
    void a_watch_goes_on_without_a_gap_after_its_worker_is_killed() {
        try (Page page = browser.open(cluster, ColorScheme.LIGHT)) {
            Locator card = watch(page, "kept/");
            assertThat(card).containsText(THROUGH);
            put("w1", "kept/before", "v");
            assertThat(changes(page)).hasCount(1);
            Matcher through = THROUGH.matcher(card.innerText());
            assertThat(through.find()).isTrue();
            String killed = through.group(1);
            cluster.kill(killed);
            String other = cluster.workers().stream()
                    .filter(worker -> !worker.equals(killed))
                    .findFirst()
                    .orElseThrow();
            put(other, "kept/meanwhile", "v");
            put(other, "kept/after", "v");
            assertThat(card).containsText("3 changes seen", patiently());
            assertThat(changes(page).first()).containsText("kept/after");
            assertThat(changes(page)).hasCount(3);
            assertThat(card).not().containsText("missed");
            cluster.start(killed);
            cluster.awaitWhole(PATIENCE);
        }
    }

    @Test
    void a_watch_tries_again_when_refused_and_says_when_changes_were_missed() {
        List<String> asked = new ArrayList<>();
        try (Page page = browser.open(cluster, ColorScheme.LIGHT)) {
            page.route("**/ui/api/watch?*", route -> {
                asked.add(route.request().url());
                switch (asked.size()) {
                    case 1 -> route.fulfill(problem(503, "not-ready", "no worker for now"));
                    case 2 -> route.fulfill(lines(HEARTBEAT));
                    case 3 -> route.fulfill(problem(410, "position-gone", "long ago"));
                    default -> route.resume();
                }
            });
            Locator card = watch(page, "missed/");
            assertThat(card).containsText("Changes were missed here.", patiently());
            assertThat(card).containsText(THROUGH, patiently());
            put("w1", "missed/a", "v");
            assertThat(changes(page)).hasCount(2);
            assertThat(changes(page).first()).containsText("missed/a");
            assertThat(changes(page).last()).containsText("long ago");
        }
        assertThat(asked.get(1)).doesNotContain("from=");
        assertThat(asked.get(2)).contains("from=there");
        assertThat(asked.get(3)).doesNotContain("from=");
    }

    @Test
    void a_watch_that_ends_again_and_again_is_begun_less_and_less_often() {
        try (Page page = browser.open(cluster, ColorScheme.LIGHT)) {
            page.route("**/ui/api/watch?*", route -> route.fulfill(lines(HEARTBEAT)));
            Locator card = watch(page, "ending/");
            assertThat(card).containsText("Trying again in 2 s", patiently());
            assertThat(card).containsText("Trying again in 4 s", patiently());
        }
    }

    @Test
    void a_watch_passes_over_kinds_of_lines_that_only_a_later_release_knows() {
        String later = "{\"event\":\"of-a-later-release\",\"position\":\"later\"}";
        String change = "{\"event\":\"delete\",\"key\":\"over/a\",\"revision\":\"7-41\",\"timeMillis\":1,"
                + "\"partition\":0,\"position\":\"last\"}";
        try (Page page = browser.open(cluster, ColorScheme.LIGHT)) {
            page.route("**/ui/api/watch?*", route -> route.fulfill(lines(HEARTBEAT, later, change)));
            Locator card = watch(page, "over/");
            assertThat(changes(page).first()).containsText("over/a");
            button(card, "Stop").click();
            assertThat(button(card, "Start")).isVisible();
            assertThat(card).not().containsText("of-a-later-release");
        }
    }

    private static Route.FulfillOptions problem(int status, String type, String detail) {
        return new Route.FulfillOptions()
                .setStatus(status)
                .setContentType("application/problem+json")
                .setBody("{\"type\":\"urn:quorate:problem:%s\",\"title\":\"So\",\"status\":%d,\"detail\":\"%s\"}"
                        .formatted(type, status, detail));
    }

    /** An answer that ends after these. */
    private static Route.FulfillOptions lines(String... lines) {
        return new Route.FulfillOptions()
                .setStatus(200)
                .setContentType("application/x-ndjson")
                .setBody(String.join("\n", lines) + "\n");
    }
}
