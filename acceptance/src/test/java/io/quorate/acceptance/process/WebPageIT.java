package io.quorate.acceptance.process;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The web page in a real browser, on a real cluster. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebPageIT {
    private static final List<String> CHROMIUM_FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run");

    private ClusterUnderTest cluster;
    private Playwright playwright;
    private Browser browser;

    @BeforeAll
    void open() {
        cluster = ClusterUnderTest.up("web-page");
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        String chromium = Optional.ofNullable(System.getenv("CHROMIUM")).orElse("/usr/bin/chromium");
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of(chromium))
                        .setArgs(CHROMIUM_FLAGS));
    }

    @AfterAll
    void close() {
        browser.close();
        playwright.close();
        cluster.close();
    }

    private Page page(ColorScheme scheme) {
        Page page = browser.newPage(new Browser.NewPageOptions().setColorScheme(scheme));
        page.navigate(cluster.address("c1") + "/");
        return page;
    }

    private static Locator card(Page page, String title) {
        return page.locator("section")
                .filter(new Locator.FilterOptions()
                        .setHas(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(title))));
    }

    private static void write(Page page, String key, String value) {
        Locator card = card(page, "Write a key");
        card.getByLabel("Key", new Locator.GetByLabelOptions().setExact(true)).fill(key);
        card.getByLabel("Value", new Locator.GetByLabelOptions().setExact(true)).fill(value);
        card.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Write"))
                .click();
        assertThat(card).containsText("of 3 replicas (quorum 2)");
    }

    @Test
    void aKeyIsWrittenAndReadBackFromAReplica() {
        try (Page page = page(ColorScheme.LIGHT)) {
            write(page, "page-key", "page-value");
            Locator card = card(page, "Read a key");
            card.getByLabel("Key", new Locator.GetByLabelOptions().setExact(true))
                    .fill("page-key");
            card.getByRole(
                            AriaRole.BUTTON,
                            new Locator.GetByRoleOptions().setName("Read").setExact(true))
                    .click();
            assertThat(card).containsText("page-value");
            assertThat(card).containsText("Answered by");
            assertThat(card).containsText(Pattern.compile("leader|follower"));
            assertThat(card).containsText("local");
        }
    }

    @Test
    void allWorkersAndPartitionsAreShown() {
        try (Page page = page(ColorScheme.DARK)) {
            Locator workers = card(page, "Workers");
            for (String worker : cluster.workers()) {
                assertThat(workers.getByRole(
                                AriaRole.ROWHEADER,
                                new Locator.GetByRoleOptions().setName(worker).setExact(true)))
                        .isVisible();
            }
            assertThat(card(page, "Partitions").locator("[data-partition]")).hasCount(64);
            assertThat(card(page, "Replication").getByRole(AriaRole.PROGRESSBAR))
                    .isVisible();
        }
    }

    @Test
    void aWrittenKeyIsListedAndFound() {
        try (Page page = page(ColorScheme.LIGHT)) {
            write(page, "listed-key", "x");
            assertThat(page.locator("body")).containsText("listed-key");
        }
    }

    @Test
    void nothingIsLoadedFromAnotherHostAndNothingFails() {
        List<String> foreign = new ArrayList<>();
        List<String> errors = new ArrayList<>();
        try (Page page = browser.newPage()) {
            page.onRequest(request -> {
                if (!request.url().startsWith(cluster.address("c1"))) {
                    foreign.add(request.url());
                }
            });
            page.onPageError(errors::add);
            page.navigate(cluster.address("c1") + "/");
            assertThat(card(page, "Workers")).isVisible();
        }
        assertThat(foreign).isEmpty();
        assertThat(errors).isEmpty();
    }
}
