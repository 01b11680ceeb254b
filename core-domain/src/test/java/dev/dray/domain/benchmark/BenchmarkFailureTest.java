package dev.dray.domain.benchmark;

import static dev.dray.domain.benchmark.BenchmarkRig.TEN_TOKENS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.domain.rig.ScriptedModel.Step;
import dev.dray.domain.rig.ScriptedRoute;
import dev.dray.model.Bytes;
import dev.dray.port.exchange.ModelFailure.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchmarkFailureTest {
    private final BenchmarkRig rig = new BenchmarkRig();

    @Test
    void warmUpThatCannotConnectIsFatal() {
        rig.model.script(_ -> Step.fail(Kind.REFUSED, Duration.ofMillis(1)));

        rig.runToTheEnd(rig.run(3, 4, true, TEN_TOKENS));

        assertThat(rig.heard.failure())
                .isEqualTo("Benchmark failed with error: the warm-up request to /v1/completions failed (1 × refused):"
                        + " nobody listens at 127.0.0.1:18000");
        assertThat(rig.model.calls()).hasSize(1);
    }

    @Test
    void roundWithoutSuccessFailsAndSaysWhatItSaw() {
        rig.model.script(number ->
                number < 8 ? Step.answer(503, Duration.ofMillis(10)) : Step.fail(Kind.RESET, Duration.ofMillis(10)));

        rig.runToTheEnd(rig.run(3, 10, false, TEN_TOKENS));

        assertThat(rig.heard.failure())
                .isEqualTo("No successful responses from benchmark: 10 of 10 requests of round 1 to /v1/completions"
                        + " failed (2 × reset, 8 × status 503); the first: status 503; the model server has too much"
                        + " to do or is not loaded yet: see its log, or lower the benchmark's 'concurrency'");
        assertThat(rig.heard.progress).containsExactly("0/3");
    }

    @Test
    void laterRoundWithoutSuccessFailsToo() {
        rig.model.script(number -> Step.answer(number == 0 ? 200 : 404, Duration.ofMillis(10)));

        rig.runToTheEnd(rig.run(3, 1, false, TEN_TOKENS));

        assertThat(rig.heard.failure())
                .startsWith("No successful responses from benchmark: 1 of 1 requests of round 2");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | 'model.headers'",
                "404 | does not serve this route",
                "422 | refuses the benchmark's payload",
                "429 | 'concurrency'",
                "500 | see the model server's log",
                "302 | only status 200 counts"
            })
    void saysForEachStatusWhatToDo(int status, String advice) {
        rig.model.script(_ -> Step.answer(status, Duration.ofMillis(10)));

        rig.runToTheEnd(rig.run(3, 2, false, TEN_TOKENS));

        assertThat(rig.heard.failure()).contains("(2 × status " + status + ")", "the first: status " + status, advice);
    }

    @Test
    void timeOutsSayWhatTheModelClientSays() {
        rig.model.script(_ -> Step.fail(Kind.IDLE_TIME_OUT, Duration.ofMinutes(5)));

        rig.runToTheEnd(rig.run(3, 2, false, TEN_TOKENS));

        assertThat(rig.heard.failure())
                .endsWith("failed (2 × idle time out); the first: nobody listens at 127.0.0.1:18000");
    }

    @Test
    void neverQuotesAPayload() {
        rig.model.script(_ -> Step.answer(400, Duration.ofMillis(10)));

        rig.runToTheEnd(rig.run(3, 2, false, _ -> Bytes.utf8("{\"prompt\": \"a secret\"}")));

        assertThat(rig.heard.failure()).doesNotContain("secret");
    }

    @Test
    void payloadsThatThrowFailTheBenchmarkInThePluginsName() {
        rig.runToTheEnd(rig.run(3, 2, true, _ -> {
            throw new StackOverflowError("in the plugin");
        }));

        assertThat(rig.heard.failure()).contains("plugin 'vllm'", "/v1/completions", "set 'capacity'", "in the plugin");
        assertThat(rig.model.calls()).isEmpty();
    }

    @Test
    void payloadsThatTakeTooLongFailTheBenchmarkInThePluginsName() {
        rig.runToTheEnd(rig.run(3, 2, true, random -> {
            rig.time.pass(PayloadMaker.LIMIT);
            return TEN_TOKENS.next(random);
        }));

        assertThat(rig.heard.failure()).contains("plugin 'vllm'", "none came within 60 s");
        assertThat(rig.model.calls()).isEmpty();
    }

    @Test
    void payloadsThatAreNotJsonFailTheBenchmarkInThePluginsName() {
        rig.runToTheEnd(rig.run(3, 2, true, _ -> Bytes.utf8("{max_tokens")));

        assertThat(rig.heard.failure()).contains("plugin 'vllm'", "at byte 1");
    }

    @Test
    void payloadsWorthNothingGiveNoCapacity() {
        rig.route = new ScriptedRoute("/v1/completions", _ -> 0);

        rig.runToTheEnd(rig.run(3, 1, false, TEN_TOKENS));

        assertThat(rig.heard.failure()).contains("plugin 'vllm'", "0.0 units/s", "a price above 0 is needed");
    }
}
