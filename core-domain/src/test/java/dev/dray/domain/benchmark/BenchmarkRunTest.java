package dev.dray.domain.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dray.domain.rig.ScriptedModel;
import dev.dray.domain.rig.ScriptedModel.Step;
import dev.dray.domain.rig.ScriptedRoute;
import dev.dray.domain.rig.VirtualTime;
import dev.dray.model.BenchmarkResult;
import dev.dray.model.Bytes;
import dev.dray.port.exchange.Exchange;
import dev.dray.port.exchange.ModelFailure;
import dev.dray.port.exchange.ModelFailure.Kind;
import dev.dray.port.outbound.ModelCall;
import dev.dray.port.outbound.ModelCall.TimeOuts;
import dev.dray.port.outbound.ModelServer;
import dev.dray.spi.BenchmarkPlan;
import dev.dray.spi.BenchmarkPlan.Payloads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchmarkRunTest {
    private static final Payloads TEN_TOKENS = _ -> Bytes.utf8("{\"max_tokens\": 10}");
    private static final Duration AN_HOUR = Duration.ofHours(1);

    private final VirtualTime time = new VirtualTime();
    private final ScriptedModel model = new ScriptedModel(time);
    private final Heard heard = new Heard();
    private ScriptedRoute route = new ScriptedRoute(
            "/v1/completions", payload -> payload.numeric("/max_tokens").orElse(0));

    /// Writes down what a run tells.
    private static final class Heard implements BenchmarkRun.Listener {
        final List<String> progress = new ArrayList<>();
        final List<BenchmarkResult> results = new ArrayList<>();
        final List<String> failures = new ArrayList<>();

        @Override
        public void progressed(int round, int maxRounds, OptionalDouble unitsPerSecond) {
            String score = unitsPerSecond.isPresent() ? " " + Math.round(unitsPerSecond.getAsDouble()) : "";
            progress.add(round + "/" + maxRounds + score);
        }

        @Override
        public void measured(BenchmarkResult result) {
            results.add(result);
        }

        @Override
        public void failed(String reason) {
            failures.add(reason);
        }

        BenchmarkResult result() {
            assertThat(failures).isEmpty();
            assertThat(results).hasSize(1);
            return results.getFirst();
        }

        String failure() {
            assertThat(results).isEmpty();
            assertThat(failures).hasSize(1);
            return failures.getFirst();
        }
    }

    private BenchmarkRun run(int runs, int concurrency, boolean warmup, Payloads payloads) {
        return new BenchmarkRun(
                new BenchmarkRun.Setup(
                        "vllm", route, new BenchmarkPlan(runs, concurrency, warmup, payloads), concurrency),
                new BenchmarkRun.Outside(model, time, time, new SplittableRandom(1)),
                heard);
    }

    private void runToTheEnd(BenchmarkRun run) {
        run.start();
        time.pass(AN_HOUR);
    }

    @Test
    void measuresWorkloadOfAnswersOverTimeUntilThreeRoundsAreStable() {
        runToTheEnd(run(8, 10, true, TEN_TOKENS));

        // 10 requests of 10 units in 100 ms, three times; the warm-up does not count
        assertThat(heard.result().unitsPerSecond()).isCloseTo(1_000, within(1e-6));
        assertThat(heard.result().spread()).isZero();
        assertThat(heard.progress).containsExactly("0/8", "1/8 1000", "2/8 1000", "3/8 1000");
        assertThat(model.calls()).hasSize(31);
        assertThat(model.most()).isEqualTo(10);
    }

    @Test
    void sendsThePluginsPayloadAsItStandsWithoutFirstByteTimeOut() {
        runToTheEnd(run(1, 1, false, TEN_TOKENS));

        ModelCall call = model.calls().getFirst();
        assertThat(call.method()).isEqualTo("POST");
        assertThat(call.path()).isEqualTo("/v1/completions");
        assertThat(call.contentType()).isEqualTo("application/json");
        assertThat(call.body()).isEqualTo(Bytes.utf8("{\"max_tokens\": 10}"));
        assertThat(call.timeOuts()).isEqualTo(TimeOuts.SERIAL);
    }

    @Test
    void roundLastsUntilItsLastAnswerHasEnded() {
        model.script(number -> Step.answer(200, Duration.ofMillis(number % 2 == 0 ? 100 : 500)));

        runToTheEnd(run(3, 2, false, TEN_TOKENS));

        assertThat(heard.result().unitsPerSecond()).isCloseTo(40, within(1e-6));
    }

    @Test
    void sendsTheNextRoundOnlyWhenTheLastAnswerHasEnded() {
        model.script(number -> Step.answer(200, Duration.ofMillis(number == 0 ? 100 : 200)));

        run(3, 2, false, TEN_TOKENS).start();
        time.pass(Duration.ofMillis(199));
        assertThat(model.calls()).hasSize(2);

        time.pass(Duration.ofMillis(1));
        assertThat(model.calls()).hasSize(4);
    }

    @Test
    void onlyAnswersWithStatus200Score() {
        model.script(number -> Step.answer(number % 2 == 0 ? 200 : 503, Duration.ofMillis(100)));

        runToTheEnd(run(3, 10, false, TEN_TOKENS));

        assertThat(heard.result().unitsPerSecond()).isCloseTo(500, within(1e-6));
    }

    @Test
    void failedRequestsBesideSuccessesLowerTheScoreOnly() {
        model.script(number -> number % 2 == 0
                ? Step.answer(200, Duration.ofMillis(100))
                : Step.fail(Kind.RESET, Duration.ofMillis(20)));

        runToTheEnd(run(3, 2, false, TEN_TOKENS));

        assertThat(heard.result().unitsPerSecond()).isCloseTo(100, within(1e-6));
    }

    @Test
    void warmUpMayGetAnyStatus() {
        model.script(number -> Step.answer(number == 0 ? 500 : 200, Duration.ofMillis(100)));

        runToTheEnd(run(3, 1, true, TEN_TOKENS));

        assertThat(heard.result().unitsPerSecond()).isCloseTo(100, within(1e-6));
    }

    @Test
    void warmUpThatCannotConnectIsFatal() {
        model.script(_ -> Step.fail(Kind.REFUSED, Duration.ofMillis(1)));

        runToTheEnd(run(3, 4, true, TEN_TOKENS));

        assertThat(heard.failure())
                .isEqualTo("Benchmark failed with error: the warm-up request to /v1/completions got 1 × REFUSED:"
                        + " nobody listens at 127.0.0.1:18000");
        assertThat(model.calls()).hasSize(1);
    }

    @Test
    void roundWithoutSuccessFailsAndSaysWhatItSaw() {
        model.script(number ->
                number < 8 ? Step.answer(503, Duration.ofMillis(10)) : Step.fail(Kind.RESET, Duration.ofMillis(10)));

        runToTheEnd(run(3, 10, false, TEN_TOKENS));

        assertThat(heard.failure())
                .isEqualTo("No successful responses from benchmark: round 1 of /v1/completions got"
                        + " 2 × RESET, 8 × status 503; first failure: nobody listens at 127.0.0.1:18000");
        assertThat(heard.progress).containsExactly("0/3");
    }

    @Test
    void laterRoundWithoutSuccessFailsToo() {
        model.script(number -> Step.answer(number == 0 ? 200 : 404, Duration.ofMillis(10)));

        runToTheEnd(run(3, 1, false, TEN_TOKENS));

        assertThat(heard.failure()).startsWith("No successful responses from benchmark: round 2");
    }

    @Test
    void payloadsThatThrowFailTheBenchmarkInThePluginsName() {
        runToTheEnd(run(3, 2, true, _ -> {
            throw new StackOverflowError("in the plugin");
        }));

        assertThat(heard.failure()).contains("plugin 'vllm'", "/v1/completions", "in the plugin");
        assertThat(model.calls()).isEmpty();
    }

    @Test
    void payloadsThatAreNotJsonFailTheBenchmarkInThePluginsName() {
        runToTheEnd(run(3, 2, true, _ -> Bytes.utf8("{max_tokens")));

        assertThat(heard.failure()).contains("plugin 'vllm'", "at byte 1");
    }

    @Test
    void priceThatThrowsCountsAHundredAsForClients() {
        route = new ScriptedRoute("/v1/completions", _ -> {
            throw new IllegalStateException("no price");
        });

        runToTheEnd(run(3, 1, false, TEN_TOKENS));

        assertThat(heard.result().unitsPerSecond()).isCloseTo(1_000, within(1e-6));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, -1, Double.NEGATIVE_INFINITY})
    void unusablePriceCountsAHundred(double price) {
        route = new ScriptedRoute("/v1/completions", _ -> price);

        runToTheEnd(run(3, 1, false, TEN_TOKENS));

        assertThat(heard.result().unitsPerSecond()).isCloseTo(1_000, within(1e-6));
    }

    @Test
    void payloadsWorthNothingGiveNoCapacity() {
        route = new ScriptedRoute("/v1/completions", _ -> 0);

        runToTheEnd(run(3, 1, false, TEN_TOKENS));

        assertThat(heard.failure()).contains("plugin 'vllm'", "0.0 units/s", "a price above 0 is needed");
    }

    @Test
    void inlineAnswersDoNotDeepenTheStackHoweverManyRoundsThereAre() {
        // Every other round is twice as fast, so that they never get stable.
        model.script(_ -> Step.answer(200, Duration.ZERO));
        route = new ScriptedRoute("/v1/completions", _ -> model.calls().size() % 2 == 0 ? 10 : 20);

        run(5_000, 1, false, TEN_TOKENS).start();

        assertThat(heard.result().roundsPerSecond()).hasSize(5_000);
    }

    @Test
    void abortEndsWhatRunsAndNothingFollows() {
        model.script(number -> number < 4 ? Step.answer(200, Duration.ofMillis(10)) : Step.hang());
        var run = run(8, 4, false, TEN_TOKENS);
        run.start();
        time.pass(Duration.ofMillis(10));
        assertThat(model.running()).isEqualTo(4);

        run.abort();
        run.abort();
        time.pass(AN_HOUR);

        assertThat(model.aborted()).isEqualTo(4);
        assertThat(model.running()).isZero();
        assertThat(model.calls()).hasSize(8);
        assertThat(heard.results).isEmpty();
        assertThat(heard.failures).isEmpty();
    }

    @Test
    void requestThatBeginsAfterTheAbortIsAbortedAtOnce() {
        var run = run(8, 2, false, TEN_TOKENS);
        model.script(_ -> {
            run.abort();
            return Step.hang();
        });

        run.start();

        assertThat(model.calls()).hasSize(1);
        assertThat(model.aborted()).isEqualTo(1);
    }

    @Test
    void requestsThatHaveEndedAreNotAborted() {
        List<String> aborts = new ArrayList<>();
        var watched = new BenchmarkRun(
                new BenchmarkRun.Setup("vllm", route, new BenchmarkPlan(1, 2, false, TEN_TOKENS), 2),
                new BenchmarkRun.Outside(new Named(aborts), time, time, new SplittableRandom(1)),
                heard);
        watched.start();

        watched.abort();

        assertThat(aborts).containsExactly("request 2");
    }

    @Test
    void abortBeforeTheStartLeavesNothingToDo() {
        var run = run(8, 2, true, TEN_TOKENS);

        run.abort();
        run.start();

        assertThat(model.calls()).isEmpty();
        assertThat(heard.progress).isEmpty();
    }

    /// Ends the first request at once, lets the others hang, and writes down which are aborted.
    private static final class Named implements ModelServer {
        private final List<String> aborts;
        private int launched;

        Named(List<String> aborts) {
            this.aborts = aborts;
        }

        @Override
        public void start(ModelCall call, Exchange exchange) {
            throw new AssertionError("not for the benchmark");
        }

        @Override
        public void launch(ModelCall call, Exchange exchange) {
            int number = ++launched;
            exchange.begun(() -> aborts.add("request " + number));
            if (number == 1) {
                exchange.failed(new ModelFailure(Kind.RESET, "closed"));
            }
        }
    }
}
