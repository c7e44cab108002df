package io.quorate.acceptance.process;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A browser, and what its person does on the web page of a cluster. */
final class PageBrowser implements AutoCloseable {
    private static final List<String> CHROMIUM_FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run");

    private final Playwright playwright =
            Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    private final Browser browser;

    PageBrowser() {
        String chromium = Optional.ofNullable(System.getenv("CHROMIUM")).orElse("/usr/bin/chromium");
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of(chromium))
                        .setArgs(CHROMIUM_FLAGS));
    }

    /** A page that shows nothing yet. */
    Page blank() {
        return browser.newPage();
    }

    /** The web page that the first controller of a cluster serves. */
    Page open(ClusterUnderTest cluster, ColorScheme scheme) {
        Page page = browser.newPage(new Browser.NewPageOptions().setColorScheme(scheme));
        page.navigate(cluster.address("c1") + "/");
        return page;
    }

    /** The section with that heading. */
    static Locator card(Page page, String title) {
        return page.locator("section")
                .filter(new Locator.FilterOptions()
                        .setHas(page.getByRole(
                                AriaRole.HEADING,
                                new Page.GetByRoleOptions().setName(title).setExact(true))));
    }

    static Locator field(Locator card, String label) {
        return card.getByLabel(label, new Locator.GetByLabelOptions().setExact(true));
    }

    static Locator button(Locator card, String name) {
        return card.getByRole(
                AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    static void write(Page page, String key, String value) {
        Locator card = card(page, "Write a key");
        field(card, "Key").fill(key);
        field(card, "Value").fill(value);
        button(card, "Write").click();
        assertThat(card).containsText("of 3 replicas (quorum 2)");
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
