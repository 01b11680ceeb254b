package dev.dray.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BenchTableTest {
    private static String table(Measured measured) {
        return String.join("\n", BenchTable.lines(measured.report()));
    }

    @Test
    void saysWhatWasMeasuredStageByStage() {
        assertThat(table(new Measured())).startsWith("""
                model server  http://127.0.0.1:18000, backend vllm, route /v1/completions, answers streamed
                capacity      33.30 units/s as a worker would report it: 3 rounds of 10 at once, spread 2.0 %

                 at once    units/s     spread     rounds   tokens/s    answers     failed
                       1      10.00      3.1 %          2      10.00         12          0
                       4      40.00      3.1 %          2      40.00         12          0   knee
                       8      40.50      3.1 %          2      40.50         12          2   peak, not stable, 2 × status 429

                 at once        p50        p90        p95        p99        max   time to first token
                       1    12.5 ms     123 ms     136 ms     147 ms     150 ms
                """);
    }

    @Test
    void leavesOutWhatWasNotSeen() {
        assertThat(table(new Measured())).doesNotContain("between tokens").contains("end to end");
    }

    @Test
    void endsWithSettingsAndWhy() {
        assertThat(table(new Measured())).endsWith("""
                saturated: 4 at once are enough for 95 % of the best throughput, 40.50 units/s at 8 at once

                worker.yaml, as it follows from this:

                  backend: vllm
                  handlers:
                    - route: /v1/completions
                      max-queue-time: 1s
                      benchmark: {concurrency: 4}

                - benchmark.concurrency: 4 at once are the fewest that reach 95 % of the best throughput (40.00 of 40.50 units/s); so the worker reports what the model server really carries.
                - max-queue-time: with 4 at once the model server answers 4.00 requests/s, so what it holds is worked off in 4 ÷ 4.00 = 1.00 s (Little's law); whoever is admitted is answered within about twice that.""");
    }

    @Test
    void aFailedSearchAdvisesNothing() {
        assertThat(table(new Measured().failed("it is gone")))
                .contains("failed; saturated: 4")
                .doesNotContain("worker.yaml");
    }
}
