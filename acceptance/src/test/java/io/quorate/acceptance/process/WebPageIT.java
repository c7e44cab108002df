package io.quorate.acceptance.process;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The web page in a real browser, on a real cluster. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebPageIT {
    private ClusterUnderTest cluster;
    private PageBrowser browser;

    @BeforeAll
    void open() {
        cluster = ClusterUnderTest.up("web-page");
        browser = new PageBrowser();
    }

    @AfterAll
    void close() {
        browser.close();
        cluster.close();
    }

    @Test
    void aKeyIsWrittenAndReadBackFromAReplica() {
        try (Page page = browser.open(cluster, ColorScheme.LIGHT)) {
            PageBrowser.write(page, "page-key", "page-value");
            Locator card = PageBrowser.card(page, "Read a key");
            PageBrowser.field(card, "Key").fill("page-key");
            PageBrowser.button(card, "Read").click();
            assertThat(card).containsText("page-value");
            assertThat(card).containsText("Answered by");
            assertThat(card).containsText(Pattern.compile("leader|follower"));
            assertThat(card).containsText("local");
        }
    }

    @Test
    void allWorkersAndPartitionsAreShown() {
        try (Page page = browser.open(cluster, ColorScheme.DARK)) {
            Locator workers = PageBrowser.card(page, "Workers");
            for (String worker : cluster.workers()) {
                assertThat(workers.getByRole(
                                AriaRole.ROWHEADER,
                                new Locator.GetByRoleOptions().setName(worker).setExact(true)))
                        .isVisible();
            }
            assertThat(PageBrowser.card(page, "Partitions").locator("[data-partition]"))
                    .hasCount(64);
            assertThat(PageBrowser.card(page, "Replication").getByRole(AriaRole.PROGRESSBAR))
                    .isVisible();
        }
    }

    @Test
    void aWrittenKeyIsListedAndFound() {
        try (Page page = browser.open(cluster, ColorScheme.LIGHT)) {
            PageBrowser.write(page, "listed-key", "x");
            assertThat(PageBrowser.button(PageBrowser.card(page, "Keys"), "listed-key"))
                    .isVisible();
        }
    }

    @Test
    void nothingIsLoadedFromAnotherHostAndNothingFails() {
        List<String> foreign = new ArrayList<>();
        List<String> errors = new ArrayList<>();
        try (Page page = browser.blank()) {
            page.onRequest(request -> {
                if (!request.url().startsWith(cluster.address("c1"))) {
                    foreign.add(request.url());
                }
            });
            page.onPageError(errors::add);
            page.navigate(cluster.address("c1") + "/");
            assertThat(PageBrowser.card(page, "Workers")).isVisible();
        }
        assertThat(foreign).isEmpty();
        assertThat(errors).isEmpty();
    }
}
