package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `dray bench`, as packaged, before the demo model server, whose capacity is known.
class BenchIT {
    private static final Path PICTURES = Path.of("target/screenshots").toAbsolutePath();

    @TempDir
    Path folder;

    private final List<RunningProgram> programs = new ArrayList<>();

    @AfterEach
    void end() {
        programs.forEach(RunningProgram::close);
    }

    private RunningProgram start(Map<String, String> environment, String... arguments) throws IOException {
        RunningProgram program = RunningProgram.start(environment, arguments);
        programs.add(program);
        return program;
    }

    /// Requests of 30 tokens take 300 ms.
    private String model(String... options) throws Exception {
        String[] all = Stream.concat(
                        Stream.of(
                                "model-server",
                                "--json",
                                "--port",
                                "0",
                                "--load-time",
                                "0",
                                "--first-token",
                                "155",
                                "--tokens-per-second",
                                "200",
                                "--log-file",
                                folder.resolve("model.log").toString()),
                        Stream.of(options))
                .toArray(String[]::new);
        String url =
                Json.read(start(Map.of(), all).awaitLine("\"url\"")).path("url").asText();
        int port = URI.create(url).getPort();
        assertThat(Patience.until(() -> World.get(port, "/health").status() == 200))
                .isTrue();
        return url;
    }

    private Path config(String url) throws IOException {
        return Files.writeString(folder.resolve("worker.yaml"), """
                backend: vllm
                model: {url: "%s", name: demo}
                handlers:
                  - route: /v1/completions
                    benchmark: {dataset: [{model: demo, prompt: hello, max_tokens: 30}], concurrency: 3}
                """.formatted(url));
    }

    private RunningProgram bench(String url, String... options) throws IOException {
        return start(
                Map.of(),
                Stream.concat(Stream.of("bench", "--config", config(url).toString()), Stream.of(options))
                        .toArray(String[]::new));
    }

    private static JsonNode stage(JsonNode report, int concurrency) {
        return StreamSupport.stream(report.path("stages").spliterator(), false)
                .filter(stage -> stage.path("concurrency").asInt() == concurrency)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no stage " + concurrency + " in " + report));
    }

    @Test
    void findsTheSlotsOfAModelServerAndItsSettingsPassTheCheck() throws Exception {
        RunningProgram program = bench(model("--slots", "3"), "--json");

        assertThat(program.awaitExit()).as(program.output()).isZero();
        JsonNode report = Json.read(program.output());
        assertThat(report.path("ended").asText()).isEqualTo("complete");
        assertThat(report.path("streamed").asBoolean()).isTrue();
        assertThat(report.path("saturation").path("knee").asInt()).isEqualTo(3);
        assertThat(report.path("saturation").path("saturated").asBoolean()).isTrue();
        // 3 slots × 30 units in 300 ms and what the way costs; no machine is faster than that.
        assertThat(stage(report, 3).path("units-per-second").asDouble()).isBetween(100.0, 302.0);
        assertThat(report.path("capacity").path("units-per-second").asDouble()).isBetween(100.0, 302.0);
        for (JsonNode stage : report.path("stages")) {
            assertThat(stage.path("failed").isEmpty()).isTrue();
            rises(stage.path("time-to-first-token"), 0.15);
            rises(stage.path("inter-token"), 0);
            rises(stage.path("end-to-end"), 0.29);
            assertThat(stage.path("tokens-per-second").asDouble())
                    .isEqualTo(stage.path("units-per-second").asDouble(), within(1e-6));
        }

        Path advised = Files.writeString(
                folder.resolve("advised.yaml"),
                report.path("advice").path("worker.yaml").asText());
        RunningProgram check = start(Map.of(), "check", "--json", "--config", advised.toString());
        assertThat(check.awaitExit()).as(check.output()).isZero();
        assertThat(check.output()).contains("runs × 3,");
    }

    private static void rises(JsonNode times, double least) {
        double last = least;
        for (String name : List.of("p50", "p90", "p95", "p99", "max")) {
            assertThat(times.path(name).asDouble()).as(name).isGreaterThanOrEqualTo(last);
            last = times.path(name).asDouble();
        }
        assertThat(times.path("count").asInt()).isPositive();
    }

    @Test
    void printsATableAndWritesAPageThatNeedsNoNetwork(@TempDir Path profile) throws Exception {
        Path page = folder.resolve("report.html");
        RunningProgram program = bench(model("--slots", "1"), "--max-concurrency", "2", "--html", page.toString());

        assertThat(program.awaitExit()).as(program.output()).isZero();
        assertThat(program.output())
                .contains("units/s as a worker would report it")
                .contains("time to first token")
                .contains("between tokens")
                .contains("end to end")
                .contains("saturated: 1 at once is enough")
                .contains("max-queue-time: ")
                .contains("Little's law")
                // Nobody watches: no progress.
                .doesNotContain("\u001b")
                .doesNotContain("stage 1 [");
        assertThat(Files.readString(page)).doesNotContain("src=\"").doesNotContain("href=\"http");

        Optional<Path> chromium = Browser.installed();
        assumeTrue(
                chromium.isPresent(),
                "no Chromium on the PATH: the report was not seen in a browser; apt-get install chromium");
        look(Browser.start(chromium.orElseThrow(), profile), page);
    }

    private static void look(Browser browser, Path page) throws Exception {
        try (browser) {
            browser.size(1280, 900);
            browser.open(page.toUri().toString());
            browser.await("plots", "document.querySelectorAll('.u-wrap canvas').length >= 7");
            assertThat(browser.text("#verdict")).isEqualTo("Saturated at 1");
            assertThat(browser.text("#yaml")).contains("max-queue-time");
            assertThat(browser.text("#stages")).contains("knee");
            browser.evaluate("document.getElementById('stage').value = '1';"
                    + " document.getElementById('stage').dispatchEvent(new Event('change'))");
            browser.await("another stage", "document.querySelectorAll('#by-stage .u-wrap canvas').length === 3");
            for (String look : new String[] {"light", "dark", "phone"}) {
                boolean isPhone = look.equals("phone");
                browser.scheme(isPhone ? "light" : look);
                browser.size(isPhone ? 360 : 1280, isPhone ? 740 : 900);
                browser.evaluate(
                        "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))");
                assertThat(browser.evaluate("document.documentElement.scrollWidth")
                                .asInt())
                        .as("width of the page, %s", look)
                        .isLessThanOrEqualTo(isPhone ? 360 : 1280);
                browser.picture(PICTURES.resolve("bench-" + look + ".png"));
            }
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void aModelServerThatIsNotThereIsNamed() throws Exception {
        RunningProgram program = bench("http://127.0.0.1:1");

        assertThat(program.awaitExit()).isEqualTo(1);
        assertThat(program.output())
                .contains("dray bench: ")
                .contains("no connection to model server http://127.0.0.1:1")
                .contains("see whether it runs");
    }

    @Test
    void aModelServerThatDiesIsNamedAndWhatWasMeasuredIsPrinted() throws Exception {
        // The benchmark takes a warm-up and three rounds of three, the look for streams one; the rest are stages.
        String url = model("--slots", "3", "--crash-after", "24");

        RunningProgram program = bench(url, "--json");

        assertThat(program.awaitExit()).as(program.output()).isEqualTo(1);
        String output = program.output();
        assertThat(output).contains("no connection to model server " + url);
        JsonNode report = Json.read(output.substring(output.indexOf('{'), output.lastIndexOf('}') + 1));
        assertThat(report.path("ended").asText()).isEqualTo("failed");
        assertThat(report.path("capacity").path("units-per-second").asDouble()).isPositive();
        assertThat(report.path("advice").isNull()).isTrue();
    }

    @Test
    void failuresAreCountedAndTooManyAreALimit() throws Exception {
        RunningProgram program = bench(model("--error-every", "2"), "--max-concurrency", "2");

        assertThat(program.awaitExit()).as(program.output()).isEqualTo(1);
        assertThat(program.output()).contains("too many").contains("status 500").contains("see the model server's log");
    }

    @Test
    void aSignalEndsItWithWhatWasMeasured() throws Exception {
        String url = model("--slots", "3");
        Path log = folder.resolve("model.log");
        RunningProgram program = bench(url, "--json");
        // The benchmark and the look for streams are over; the first stage runs.
        assertThat(Patience.until(() -> Files.readString(log).contains("Finished request 14:")))
                .isTrue();

        program.terminate();

        assertThat(program.awaitExit()).as(program.output()).isEqualTo(1);
        String output = program.output();
        assertThat(output).contains("stopped before the end");
        JsonNode report = Json.read(output.substring(output.indexOf('{'), output.lastIndexOf('}') + 1));
        assertThat(report.path("ended").asText()).isEqualTo("stopped");
        assertThat(report.path("capacity").path("units-per-second").asDouble()).isPositive();
    }

    @Test
    void whatCannotBeMeasuredIsRefusedBefore() throws Exception {
        Path config = Files.writeString(folder.resolve("none.yaml"), """
                backend: declarative
                capacity: 5
                model: {url: "http://127.0.0.1:1", log-file: none}
                handlers: [{route: /x}]
                """);

        RunningProgram program = start(Map.of(), "bench", "--config", config.toString());

        assertThat(program.awaitExit()).as(program.output()).isEqualTo(2);
        assertThat(program.output())
                .contains("no route of backend 'declarative' has a benchmark")
                .contains("dataset");
    }
}
