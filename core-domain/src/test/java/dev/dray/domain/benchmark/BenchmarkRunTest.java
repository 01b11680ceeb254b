package dev.dray.domain.benchmark;

import static dev.dray.domain.benchmark.BenchmarkRig.TEN_TOKENS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dray.domain.rig.ScriptedModel.Step;
import dev.dray.domain.rig.ScriptedRoute;
import dev.dray.model.Bytes;
import dev.dray.port.exchange.ModelFailure.Kind;
import dev.dray.port.outbound.ModelBody;
import dev.dray.port.outbound.ModelCall;
import dev.dray.port.outbound.ModelCall.TimeOuts;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchmarkRunTest {
    private final BenchmarkRig rig = new BenchmarkRig();

    @Test
    void measuresWorkloadOfAnswersOverTimeUntilThreeRoundsAreStable() {
        rig.runToTheEnd(rig.run(8, 10, true, TEN_TOKENS));

        // 10 requests of 10 units in 100 ms, three times; the warm-up does not count
        assertThat(rig.heard.result().unitsPerSecond()).isCloseTo(1_000, within(1e-6));
        assertThat(rig.heard.result().spread()).isZero();
        assertThat(rig.heard.progress).containsExactly("0/8", "1/8 1000", "2/8 1000", "3/8 1000");
        assertThat(rig.model.calls()).hasSize(31);
        assertThat(rig.model.most()).isEqualTo(10);
    }

    @Test
    void sendsThePluginsPayloadAsItStandsWithoutFirstByteTimeOut() {
        rig.runToTheEnd(rig.run(1, 1, false, TEN_TOKENS));

        ModelCall call = rig.model.calls().getFirst();
        assertThat(call.method()).isEqualTo("POST");
        assertThat(call.path()).isEqualTo("/v1/completions");
        assertThat(call.body()).isEqualTo(ModelBody.json(Bytes.utf8("{\"max_tokens\": 10}")));
        assertThat(call.timeOuts()).isEqualTo(TimeOuts.SERIAL);
    }

    @Test
    void roundLastsUntilItsLastAnswerHasEnded() {
        rig.model.script(number -> Step.answer(200, Duration.ofMillis(number % 2 == 0 ? 100 : 500)));

        rig.runToTheEnd(rig.run(3, 2, false, TEN_TOKENS));

        assertThat(rig.heard.result().unitsPerSecond()).isCloseTo(40, within(1e-6));
    }

    @Test
    void sendsTheNextRoundOnlyWhenTheLastAnswerHasEnded() {
        rig.model.script(number -> Step.answer(200, Duration.ofMillis(number == 0 ? 100 : 200)));

        rig.start(rig.run(3, 2, false, TEN_TOKENS));
        rig.time.pass(Duration.ofMillis(199));
        assertThat(rig.model.calls()).hasSize(2);

        rig.time.pass(Duration.ofMillis(1));
        assertThat(rig.model.calls()).hasSize(4);
    }

    @Test
    void onlyAnswersWithStatus200Score() {
        rig.model.script(number -> Step.answer(number % 2 == 0 ? 200 : 503, Duration.ofMillis(100)));

        rig.runToTheEnd(rig.run(3, 10, false, TEN_TOKENS));

        assertThat(rig.heard.result().unitsPerSecond()).isCloseTo(500, within(1e-6));
    }

    @Test
    void failedRequestsBesideSuccessesLowerTheScoreOnly() {
        rig.model.script(number -> number % 2 == 0
                ? Step.answer(200, Duration.ofMillis(100))
                : Step.fail(Kind.RESET, Duration.ofMillis(20)));

        rig.runToTheEnd(rig.run(3, 2, false, TEN_TOKENS));

        assertThat(rig.heard.result().unitsPerSecond()).isCloseTo(100, within(1e-6));
    }

    @Test
    void warmUpMayGetAnyStatus() {
        rig.model.script(number -> Step.answer(number == 0 ? 500 : 200, Duration.ofMillis(100)));

        rig.runToTheEnd(rig.run(3, 1, true, TEN_TOKENS));

        assertThat(rig.heard.result().unitsPerSecond()).isCloseTo(100, within(1e-6));
    }

    @Test
    void priceThatThrowsCountsAHundredAsForClients() {
        rig.route = new ScriptedRoute("/v1/completions", _ -> {
            throw new IllegalStateException("no price");
        });

        rig.runToTheEnd(rig.run(3, 1, false, TEN_TOKENS));

        assertThat(rig.heard.result().unitsPerSecond()).isCloseTo(1_000, within(1e-6));
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, -1, Double.NEGATIVE_INFINITY})
    void unusablePriceCountsAHundred(double price) {
        rig.route = new ScriptedRoute("/v1/completions", _ -> price);

        rig.runToTheEnd(rig.run(3, 1, false, TEN_TOKENS));

        assertThat(rig.heard.result().unitsPerSecond()).isCloseTo(1_000, within(1e-6));
    }

    @Test
    void asksThePluginNothingBeforeItsTimerTells() {
        var made = new int[1];
        rig.run(3, 2, true, random -> {
                    made[0]++;
                    return TEN_TOKENS.next(random);
                })
                .start();

        assertThat(made[0]).isZero();
        assertThat(rig.heard.progress).containsExactly("0/3");
    }

    @Test
    void timesTheFirstByteOfTheBodyNotTheHeadAndTheEnd() {
        // The warm-up, then two rounds of ten: 1 to 10 ms to the first byte, 110 to 200 ms to the end.
        rig.model.script(number -> number == 0
                ? Step.stream(Duration.ofMillis(500), Duration.ofMillis(900))
                : Step.stream(
                        Duration.ofMillis(1 + (number - 1) % 10), Duration.ofMillis(110 + (number - 1) % 10 * 10)));

        rig.runToTheEnd(rig.run(2, 10, true, TEN_TOKENS));

        assertThat(rig.heard.result().firstByte().p50()).isEqualTo(Duration.ofNanos(5_500_000));
        assertThat(rig.heard.result().firstByte().max()).isEqualTo(Duration.ofMillis(10));
        assertThat(rig.heard.result().endToEnd().p50()).isEqualTo(Duration.ofMillis(155));
        assertThat(rig.heard.result().endToEnd().p95()).isEqualTo(Duration.ofMillis(200));
        assertThat(rig.heard.result().endToEnd().max()).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void answerWithoutABodyBeginsWithItsHead() {
        rig.runToTheEnd(rig.run(1, 3, false, TEN_TOKENS));

        assertThat(rig.heard.result().firstByte()).isEqualTo(rig.heard.result().endToEnd());
    }

    @Test
    void failedRequestsHaveNoLatency() {
        rig.model.script(number ->
                number % 2 == 0 ? Step.answer(200, Duration.ofMillis(100)) : Step.answer(500, Duration.ofMillis(900)));

        rig.runToTheEnd(rig.run(3, 4, false, TEN_TOKENS));

        assertThat(rig.heard.result().endToEnd().max()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void inlineAnswersDoNotDeepenTheStackHoweverManyRoundsThereAre() {
        // Every other round is twice as fast, so that they never get stable.
        rig.model.script(_ -> Step.answer(200, Duration.ZERO));
        rig.route = new ScriptedRoute("/v1/completions", _ -> rig.model.calls().size() % 2 == 0 ? 10 : 20);

        rig.start(rig.run(5_000, 1, false, TEN_TOKENS));

        assertThat(rig.heard.result().roundsPerSecond()).hasSize(5_000);
    }
}
