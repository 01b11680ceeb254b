package dev.dray.domain.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dray.domain.benchmark.SweepResult.Ending;
import dev.dray.domain.rig.CrowdedModel;
import dev.dray.model.Bytes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SweepTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final SweepRig rig = new SweepRig();

    private CrowdedModel slots(int slots) {
        return new CrowdedModel(rig.time, slots, _ -> SECOND);
    }

    private static List<Integer> tried(SweepResult result) {
        return result.stages().stream().map(Stage::concurrency).toList();
    }

    private static Stage stage(SweepResult result, int concurrency) {
        return result.stages().stream()
                .filter(stage -> stage.concurrency() == concurrency)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void findsTheSlotsOfAServerAndWhatItCarries() {
        SweepResult result = rig.run(slots(6));

        assertThat(result.ending()).isEqualTo(Ending.COMPLETE);
        assertThat(result.saturation().orElseThrow().knee()).isEqualTo(6);
        assertThat(stage(result, 6).throughput().unitsPerSecond()).isCloseTo(60, within(1e-6));
        assertThat(stage(result, 6).end()).isEqualTo(Stage.End.STABLE);
        assertThat(tried(result)).startsWith(1, 2, 4, 8, 16).contains(5, 6);
        assertThat(rig.heard.stages).isEqualTo(result.stages());
    }

    @Test
    void measuresFirstWhatAWorkerWouldReport() {
        SweepResult result = rig.run(slots(6));

        // Bursts of two, ten units each, in a second.
        assertThat(result.capacity().orElseThrow().unitsPerSecond()).isCloseTo(20, within(1e-6));
        assertThat(rig.heard.capacities).containsExactly(result.capacity().orElseThrow());
    }

    @Test
    void keepsSoManyInFlightAndNeverMore() {
        var model = slots(3);

        SweepResult result = rig.run(model);

        assertThat(model.atOnce())
                .isEqualTo(tried(result).stream().max(Integer::compare).orElseThrow());
        assertThat(model.inside()).isZero();
    }

    @Test
    void timesQueueingInsideTheModelServer() {
        SweepResult result = rig.run(slots(1));

        assertThat(stage(result, 1).times().endToEnd().orElseThrow().median()).isCloseTo(1e9, within(1.0));
        assertThat(stage(result, 2).times().endToEnd().orElseThrow().median()).isCloseTo(2e9, within(1.0));
    }

    @Test
    void readsPiecesOfAStream() {
        rig.streams = true;

        SweepResult result = rig.run(new CrowdedModel(rig.time, 2, _ -> SECOND).streaming(10));

        Stage one = stage(result, 1);
        assertThat(result.streamed()).isTrue();
        assertThat(one.times().first().orElseThrow().median()).isCloseTo(1e8, within(1.0));
        assertThat(one.times().between().orElseThrow().median()).isCloseTo(1e8, within(1.0));
        assertThat(one.times().between().orElseThrow().size())
                .isEqualTo(9 * one.times().endToEnd().orElseThrow().size());
        assertThat(one.throughput().tokensPerSecond().orElseThrow()).isCloseTo(10, within(1e-6));
    }

    @Test
    void asksForNoStreamsWhereTheServerMakesNone() {
        rig.streams = true;

        SweepResult result = rig.run(slots(2));

        assertThat(result.streamed()).isFalse();
        assertThat(result.saturation().orElseThrow().knee()).isEqualTo(2);
    }

    @Test
    void adviceIsTheTimeInWhichTheKneeIsWorkedOff() {
        Advice advice = rig.run(slots(6)).advice().orElseThrow();

        assertThat(advice).isEqualTo(new Advice(6, SECOND, OptionalInt.empty()));
    }

    @Test
    void aServerThatRefusesMoreIsToBeGivenNoMore() {
        SweepResult result = rig.run(slots(100).refusingBeyond(6));

        assertThat(result.ending()).isEqualTo(Ending.COMPLETE);
        assertThat(result.saturation().orElseThrow()).isEqualTo(new Saturation(6, 6, 60, true, OptionalInt.of(7)));
        assertThat(stage(result, 8).end()).isEqualTo(Stage.End.BROKEN);
        assertThat(stage(result, 8).answers().failed()).containsOnlyKeys("status 429");
        assertThat(result.advice().orElseThrow().connections()).hasValue(6);
    }

    @Test
    void aServerThatThrashesIsToBeGivenNoMoreThanItsPeak() {
        SweepResult result = rig.run(new CrowdedModel(
                rig.time, 1_000, running -> running <= 6 ? SECOND : SECOND.multipliedBy((long) running * running / 6)));

        assertThat(result.saturation().orElseThrow().peak()).isEqualTo(6);
        assertThat(result.advice().orElseThrow().connections()).hasValue(6);
    }

    @Test
    void aBatchingServersRateFlattens() {
        // Up to 10 at once cost nothing, beyond it they share.
        SweepResult result = rig.run(new CrowdedModel(
                rig.time,
                1_000,
                running -> SECOND.multipliedBy(Math.max(10, running)).dividedBy(10)));

        assertThat(result.saturation().orElseThrow().knee()).isBetween(9, 11);
    }

    @Test
    void whatTakesLongerThanAllowedIsNotUsable() {
        rig.limits = new SweepLimits(
                256, Duration.ofHours(2), Duration.ofMinutes(5), 0.05, Optional.of(Duration.ofMillis(2_500)));

        // Sharers of one lane: n take n seconds each, and a hundredth more is done with each.
        SweepResult result =
                rig.run(new CrowdedModel(rig.time, 1_000, running -> Duration.ofMillis(1_000 + 400L * (running - 1))));

        assertThat(result.saturation().orElseThrow().peak()).isEqualTo(4);
        assertThat(result.saturation().orElseThrow().breaksAt()).hasValue(5);
    }

    @Test
    void aServerThatDiesIsNamedAndWhatWasMeasuredIsKept() {
        SweepResult result = rig.run(slots(6).dyingAt(60));

        assertThat(result.ending()).isEqualTo(Ending.FAILED);
        assertThat(result.reason())
                .startsWith("with 8 requests at once too many failed")
                .contains("no connection to model server http://127.0.0.1:18000");
        assertThat(tried(result)).containsExactly(1, 2, 4, 8);
        assertThat(result.saturation().orElseThrow()).isEqualTo(new Saturation(4, 4, 40, false, OptionalInt.empty()));
        assertThat(result.advice()).isEmpty();
        assertThat(result.stages().getLast().end()).isEqualTo(Stage.End.BROKEN);
    }

    @Test
    void aServerThatIsNotThereFailsTheBenchmarkItself() {
        SweepResult result = rig.run(slots(6).dyingAt(1));

        assertThat(result.ending()).isEqualTo(Ending.FAILED);
        assertThat(result.reason()).contains("no connection to model server");
        assertThat(result.stages()).isEmpty();
        assertThat(result.advice()).isEmpty();
    }

    @Test
    void whatIsMeasuredWhenTheTimeIsUpIsKept() {
        rig.limits = new SweepLimits(256, Duration.ofSeconds(15), Duration.ofMinutes(5), 0.05, Optional.empty());
        var model = slots(6);

        SweepResult result = rig.run(model);

        assertThat(result.ending()).isEqualTo(Ending.OUT_OF_BUDGET);
        assertThat(tried(result)).containsExactly(1, 2, 4);
        assertThat(result.stages().getLast().end()).isEqualTo(Stage.End.CUT);
        assertThat(result.stages().getLast().throughput().unitsPerSecond()).isCloseTo(40, within(1e-6));
        assertThat(result.saturation().orElseThrow()).isEqualTo(new Saturation(2, 2, 20, false, OptionalInt.empty()));
        assertThat(model.inside()).isZero();
        assertThat(model.aborted()).isEqualTo(4);
    }

    @Test
    void stopsAtOnceWhenToldAndNothingGoesOn() {
        var model = slots(6);
        Sweep sweep = rig.sweep(model);
        sweep.start();
        rig.time.pass(Duration.ofSeconds(8));

        sweep.stop();
        sweep.stop();

        assertThat(rig.heard.result().ending()).isEqualTo(Ending.STOPPED);
        assertThat(model.inside()).isZero();
        rig.time.pass(SweepRig.ENOUGH);
        assertThat(rig.heard.isOver()).isTrue();
        assertThat(rig.time.waiting()).isZero();
        assertThat(model.inside()).isZero();
    }

    @Test
    void stageThatNeverSettlesEndsWithItsTime() {
        var calls = new int[1];
        rig.limits = new SweepLimits(1, Duration.ofHours(2), Duration.ofSeconds(30), 0.05, Optional.empty());

        SweepResult result =
                rig.run(new CrowdedModel(rig.time, 1, _ -> Duration.ofSeconds(calls[0]++ % 2 == 0 ? 4 : 8)));

        assertThat(stage(result, 1).end()).isEqualTo(Stage.End.UNSTABLE);
        assertThat(stage(result, 1).throughput().rounds()).hasSize(5);
    }

    @Test
    void payloadThatIsNoneFailsTheSweep() {
        var made = new int[1];
        rig.payloads = _ -> {
            if (++made[0] > 20) {
                throw new IllegalStateException("no more");
            }
            return Bytes.utf8("{\"max_tokens\": 10}");
        };

        SweepResult result = rig.run(slots(6));

        assertThat(result.ending()).isEqualTo(Ending.FAILED);
        assertThat(result.reason()).contains("plugin 'vllm'").contains("no more");
    }

    @Test
    void progressTellsOfTheStageThatRuns() {
        Sweep sweep = rig.sweep(slots(6));
        sweep.start();
        rig.time.pass(Duration.ZERO);
        assertThat(sweep.progress()).isInstanceOf(SweepProgress.Capacity.class);

        rig.time.pass(Duration.ofMillis(8_500));

        assertThat(sweep.progress()).isInstanceOfSatisfying(SweepProgress.Staging.class, staging -> {
            assertThat(staging.concurrency()).isEqualTo(2);
            assertThat(staging.good()).isEqualTo(2);
            assertThat(staging.before()).isEqualTo(1);
        });
    }

    @Test
    void failuresBelowTheShareAreCountedAndTheSweepGoesOn() {
        var rough = new CrowdedModel(rig.time, 4, _ -> SECOND).failingEvery(40);

        SweepResult result = rig.run(rough);

        assertThat(result.ending()).isEqualTo(Ending.COMPLETE);
        assertThat(result.stages().stream()
                        .map(stage -> stage.answers().failed())
                        .filter(failed -> !failed.isEmpty()))
                .isNotEmpty()
                .allMatch(
                        failed -> failed.keySet().equals(Map.of("status 500", 1).keySet()));
    }
}
