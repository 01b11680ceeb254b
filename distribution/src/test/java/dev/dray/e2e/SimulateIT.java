package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `dray simulate` as a process: what it prints, how it exits, what it refuses.
class SimulateIT {
    @TempDir
    private Path folder;

    @Test
    void historiesAmongFaultsEndWithTheirCounts() throws Exception {
        String said = done("simulate", "--seeds", "3", "--requests", "200");

        assertThat(said.lines().toList().getLast())
                .matches(
                        "3 histories, .* of virtual time, \\d+ events: \\d+ requests, \\d+ faults, 0 broken invariants");
    }

    @Test
    void aSeedReplaysEventByEvent() throws Exception {
        String[] line = {"simulate", "--first-seed", "5", "--seeds", "1", "--requests", "100", "--trace"};
        String said = done(line);

        assertThat(said).contains("readiness STARTING -> LOADING").contains("signal: drain");
        assertThat(done(line)).isEqualTo(said);
    }

    @Test
    void countsAreJsonForAScript() throws Exception {
        JsonNode said = Json.read(done("simulate", "--seeds", "2", "--requests", "100", "--json"));

        assertThat(said.path("requests").asLong()).isGreaterThanOrEqualTo(200);
        assertThat(said.path("broken-invariants").asLong(-1)).isZero();
        assertThat(said.path("faults-by-kind").size()).isGreaterThan(10);
        assertThat(said.path("outcomes").path("served").asLong()).isPositive();
    }

    @Test
    void aPlanIsTableJsonAndPage() throws Exception {
        Path bench = folder.resolve("bench.json");
        Files.writeString(bench, "{\"capacity\": {\"units-per-second\": 150.0}}");
        Path page = folder.resolve("plan.html");

        String table = done("simulate", "--rate", "1", "--units", "100", "--capacity-from", bench.toString());
        JsonNode json = Json.read(done(
                "simulate",
                "--rate",
                "2",
                "--units",
                "exponential:50",
                "--capacity",
                "150",
                "--max-queue-time",
                "1s",
                "--json"));
        done("simulate", "--rate", "2", "--capacity", "150", "--html", page.toString());

        assertThat(table).contains("p95").contains("utilisation").contains("M/D/1 (Pollaczek-Khinchine)");
        assertThat(json.path("wait").path("p95").asDouble()).isPositive();
        assertThat(json.path("shed-share").asDouble()).isBetween(0.0, 1.0);
        assertThat(Files.readString(page)).startsWith("<!DOCTYPE html>").contains("uPlot");
    }

    @Test
    void aTraceIsPlannedOrEachBadLineNamed() throws Exception {
        Path trace = folder.resolve("trace.csv");
        Files.writeString(trace, "arrival,units\n0,100\n0,100\n");
        JsonNode json =
                Json.read(done("simulate", "--trace", trace.toString(), "--capacity", "100", "--json", "--each"));
        assertThat(json.path("waits").toString()).isEqualTo("[0.0,1.0]");

        Files.writeString(trace, "0,100\nsoon,1\n1,much\n");
        try (RunningProgram program =
                RunningProgram.start(Map.of(), "simulate", "--trace", trace.toString(), "--capacity", "100")) {
            assertThat(program.awaitExit()).isEqualTo(2);
            assertThat(program.output())
                    .contains("trace.csv:2: found arrival 'soon', expected a number of seconds")
                    .contains("trace.csv:3: found units 'much', expected a number, 0 or more");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --seeds 0                                        | --seeds and --requests must be 1 or more
            --seeds 5 --rate 1 --capacity 1                  | --seeds is for histories among faults
            --units 5                                        | --units is for a plan, which needs --rate R or --trace FILE
            --rate 1                                         | needs --capacity U
            --rate -1 --capacity 1                           | --rate: found -1.0, expected a number above 0
            --rate 1 --capacity -5                           | --capacity: found -5.0
            --rate 1 --capacity 1 --capacity-from x.json     | say the same
            --rate 1 --capacity-from none-such.json          | there is no such file
            --rate 1 --capacity 1 --trace none-such.csv      | say the same
            --trace none-such.csv --capacity 1               | there is no such file
            --trace none-such.csv --capacity 1 --units 5     | --units says what stands in the file
            --rate 1 --capacity 1 --serial --parallel 2      | exclude each other
            --rate 1 --capacity 1 --parallel -1              | --parallel: found -1
            --rate 1 --capacity 1 --servers 65               | --servers: found 65, expected 1 to 64
            --rate 1 --capacity 1 --workers 0                | --workers: found 0
            --rate 1 --capacity 1 --duration 0s              | --duration
            --rate 1 --capacity 1 --duration soon            | found 'soon', expected a time like 500ms
            --rate 1e6 --capacity 1 --duration 1h            | expected at most 5000000
            --rate 1 --capacity 1 --units many               | found 'many', expected 128
            --rate 1 --capacity 1 --router best              | found 'best', expected one of least-loaded, round-robin, random
            --rate 1 --capacity 1 --html no/such/folder.html | no such file
            """)
    void badUsageIsNamed(String options, String what) throws Exception {
        var line = ("simulate " + options.strip()).split(" +");
        try (RunningProgram program = RunningProgram.start(Map.of(), line)) {
            int code = program.awaitExit();
            assertThat(program.output()).contains(what).doesNotContain("\tat ");
            assertThat(code).as(program.output()).isEqualTo(options.contains("--html") ? 1 : 2);
        }
    }

    private static String done(String... line) throws IOException, InterruptedException {
        try (RunningProgram program = RunningProgram.start(Map.of(), line)) {
            assertThat(program.awaitExit()).as(program.output()).isZero();
            return program.output();
        }
    }
}
