package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The dashboard in a real Chromium, before the packaged worker. Pictures of every state are left in
/// `target/screenshots/`, to be looked at.
class DashboardIT {
    private static final Path PICTURES = Path.of("target/screenshots").toAbsolutePath();
    private static final String AXE = "META-INF/maven/org.webjars.npm/axe-core/pom.properties";

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static Browser browser;

    @SuppressWarnings("NullAway.Init") // set before each test
    private World world;

    private final Gate gate = new Gate();

    @BeforeAll
    static void open(@TempDir Path profile) throws Exception {
        Optional<Path> program = Browser.installed();
        assumeTrue(
                program.isPresent(),
                "no Chromium on the PATH: the dashboard was not seen in a browser; apt-get install chromium");
        browser = Browser.start(program.orElseThrow(), profile);
    }

    @AfterAll
    static void close() {
        if (Browser.installed().isPresent()) {
            browser.close();
        }
    }

    @BeforeEach
    void build(@TempDir Path folder) throws Exception {
        world = new World(folder)
                .handler("route: /serial, max-queue-time: none")
                .handler("route: /broken, allow-parallel-requests: true, max-queue-time: none")
                .handler("route: /stream, allow-parallel-requests: true, max-queue-time: none");
        world.model().on("/serial", call -> {
            if (call.hold(gate)) {
                call.answer(200, call.text());
            }
        });
        world.model().on("/broken", call -> call.answer(500, "{}"));
        world.model().on("/stream", call -> {
            call.startChunks(200, "Content-Type: text/event-stream\r\n");
            call.chunk("data: {\"choices\": [{\"delta\": {\"content\": \"Hi\"}}]}\n\n");
            call.lastChunk();
        });
    }

    @AfterEach
    void leave() throws Exception {
        browser.open("about:blank");
        gate.open();
        world.close();
    }

    private void visit() throws Exception {
        world.await(
                "admin listener", () -> World.get(world.adminPort(), "/livez").status() == 200);
        browser.scheme("light");
        browser.size(1280, 900);
        browser.open("http://127.0.0.1:" + world.adminPort() + "/");
        browser.await("live connection", "document.body?.dataset.link === 'live'");
        browser.evaluate("window.isTheSamePage = true");
    }

    private static void awaitState(String state) throws Exception {
        browser.await("state " + state, "document.getElementById('state-word').innerText === '" + state + "'");
    }

    /// Waits until an element shows a text.
    private static void awaitText(String selector, String text) throws Exception {
        browser.await(
                "'%s' in %s".formatted(text, selector),
                "document.querySelector('%s').innerText.includes('%s')".formatted(selector, text));
    }

    private static void awaitFigure(String name, String figure) throws Exception {
        browser.await(name + " " + figure, """
                [...document.querySelectorAll('#vitals > div')].some((box) => box.querySelector('dt').innerText === '%s'
                  && box.querySelector('.figure').innerText.trim() === '%s')""".formatted(name, figure));
    }

    /// Pictures light, dark and on a phone; nothing may stick out sideways.
    private static void picture(String state) throws Exception {
        for (String look : new String[] {"light", "dark", "phone"}) {
            boolean isPhone = look.equals("phone");
            browser.scheme(isPhone ? "light" : look);
            browser.size(isPhone ? 360 : 1280, isPhone ? 740 : 900);
            browser.evaluate(
                    "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))");
            assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
                    .as("width of the page, %s, %s", state, look)
                    .isLessThanOrEqualTo(isPhone ? 360 : 1280);
            browser.picture(PICTURES.resolve(state + "-" + look + ".png"));
        }
        browser.scheme("light");
        browser.size(1280, 900);
    }

    private static void nothingComplains() throws Exception {
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.evaluate("window.isTheSamePage === true").asBoolean())
                .as("never loaded again")
                .isTrue();
    }

    /// What axe-core finds wrong with the page as it is now.
    private static String violations() throws Exception {
        return browser.evaluate("""
                axe.run().then((found) => found.violations.map((rule) =>
                  rule.id + ': ' + rule.nodes.map((node) => node.target + ' ' + node.failureSummary).join('; ')).join('\\n'))""").asText();
    }

    private static void loadAxe() throws Exception {
        var properties = new Properties();
        try (InputStream in = resource(AXE)) {
            properties.load(in);
        }
        String script = "META-INF/resources/webjars/axe-core/" + properties.getProperty("version") + "/axe.min.js";
        try (InputStream in = resource(script)) {
            browser.evaluate(new String(in.readAllBytes(), StandardCharsets.UTF_8) + ";0");
        }
    }

    private static InputStream resource(String name) throws IOException {
        return Optional.ofNullable(DashboardIT.class.getClassLoader().getResourceAsStream(name))
                .orElseThrow(() -> new IOException("not on the class path: " + name));
    }

    @Test
    void followsTheWorkerFromLoadingToFailedWithoutReload() throws Exception {
        world.start();
        visit();
        awaitState("starting");
        awaitText("#reason", "log to begin");
        world.log().append("INFO <img src=x onerror=\"window.isMarkup = true\"> 40 % of the weights\n");
        awaitState("loading");
        awaitText("#lines", "40 % of the weights");
        picture("loading");

        world.log().append(ModelLog.LOADED);
        awaitState("ready");
        world.awaitReady();
        awaitText("#reports", "taken");
        awaitFigure("Last report", "taken");
        picture("ready");

        try (RawClient running = world.client();
                RawClient first = world.client();
                RawClient second = world.client()) {
            running.post("/serial", world.signed("{\"n\": 1}"));
            world.awaitModelCall("/serial", 1);
            first.post("/serial", world.signed("{\"n\": 2}"));
            second.post("/serial", world.signed("{\"n\": 3}"));
            awaitFigure("In flight", "1");
            awaitFigure("Queued", "2");
            world.post("/broken", world.signed("{}"));
            awaitText("#failed", "/broken");
            assertThat(browser.text("#failures-by")).isEqualTo("1 by the model");
            assertThat(browser.text("#failed")).contains("errored", "500", "the model server answered 500");
            picture("busy");
            gate.open();
            running.answer();
            first.answer();
            second.answer();
        }
        awaitFigure("Queued", "0");
        awaitText("#vitals", "First byte, p95");
        world.post("/stream", world.signed("{}"));
        awaitText("#vitals", "First token, p95");
        browser.await("the first token in its chart", """
                [...document.querySelectorAll('#charts [role=img]')].some((chart) =>
                  /^Time to first token: p50 newest [0-9.]+ m?s, highest/.test(chart.ariaLabel))""");
        browser.await("4 served", """
                [...document.querySelectorAll('#outcomes tr')].some((row) =>
                  row.cells[0].innerText === 'served' && row.cells[3].innerText === '4')""");

        world.log().append(ModelLog.BROKEN);
        awaitState("failed");
        assertThat(browser.text("#reason")).contains("Traceback");
        assertThat(browser.text("#doing")).contains("still trying the requests that come");
        assertThat(browser.text("#announce")).startsWith("Worker is failed: ");
        picture("failed");
        assertThat(browser.evaluate("window.isMarkup === undefined && !document.querySelector('#lines img')")
                        .asBoolean())
                .as("a log line stays text")
                .isTrue();
        nothingComplains();
    }

    @Test
    void showsTheRoundsOfABenchmarkAsItRuns() throws Exception {
        world.unset("capacity")
                .handler("route: /measured, allow-parallel-requests: true, max-queue-time: none, workload: 50,"
                        + " benchmark: {dataset: [{n: 1}, {n: 2}], runs: 3, concurrency: 4}");
        world.model().on("/measured", call -> {
            if (world.model().calls("/measured").size() < 6 || call.hold(gate)) {
                call.answer(200, "{}");
            }
        });
        world.log().append(ModelLog.LOADED);
        world.start();
        visit();
        awaitState("benchmarking");
        awaitText("#benchmark-now", "round 2 of at most 3");
        awaitText("#rounds", "units/s");
        picture("benchmarking");

        gate.open();
        awaitState("ready");
        awaitText("#benchmark-now", "spread");
        assertThat(browser.text("#benchmark-times")).contains("time to first byte", "p95");
        nothingComplains();
    }

    @Test
    void showsThatTheWorkerDrainsThenThatItIsGoneAndThatItIsBack() throws Exception {
        world.ready();
        visit();
        awaitState("ready");
        try (RawClient running = world.client()) {
            running.post("/serial", world.signed("{\"n\": 1}"));
            awaitFigure("In flight", "1");
            world.worker().terminate();
            awaitState("draining");
            awaitText("#doing", "nothing new is taken; to be finished: 1 request in flight");
            picture("draining");
            nothingComplains();
            gate.open();
            running.answer();
        }
        assertThat(world.worker().awaitExit()).isZero();
        awaitText("#unreachable", "Worker not reachable since");
        awaitText("#link", "not reachable");
        picture("gone");

        world.start();
        browser.await("live connection", "document.body.dataset.link === 'live'");
        assertThat(browser.evaluate("document.getElementById('unreachable').hidden && window.isTheSamePage")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void canBeUsedByKeyboardAndByScreenReader() throws Exception {
        world.ready();
        visit();
        awaitState("ready");

        browser.press("Tab");
        assertThat(focus()).isEqualTo("Skip to the worker's state");
        browser.press("Enter");
        browser.await("focus on the state", "document.activeElement.id === 'main'");
        String walked = "";
        for (int i = 0; i < 60 && !focus().equals("Pause"); i++) {
            browser.press("Tab");
            walked += focus() + ", ";
        }
        assertThat(walked).contains("Load, Readiness, ", "Requests as a table", "log-filter", "Pause");
        browser.press("Enter");
        browser.await("pause", "document.activeElement.getAttribute('aria-pressed') === 'true'");
        browser.evaluate("document.getElementById('settings-search').focus()");
        browser.type("admin port");
        awaitText("#settings-count", "1 of ");
        assertThat(browser.text("#effective")).contains("admin.port", "" + world.adminPort());
        browser.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })");
        nothingComplains();

        loadAxe();
        for (String scheme : new String[] {"light", "dark"}) {
            browser.scheme(scheme);
            assertThat(violations()).as(scheme).isEmpty();
            browser.size(360, 740);
            assertThat(violations()).as(scheme + ", phone").isEmpty();
            browser.size(1280, 900);
        }
    }

    private static String focus() throws Exception {
        return browser.evaluate("document.activeElement.innerText || document.activeElement.id")
                .asText();
    }
}
