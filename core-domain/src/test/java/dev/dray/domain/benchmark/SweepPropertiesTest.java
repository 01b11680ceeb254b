package dev.dray.domain.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.domain.benchmark.SweepResult.Ending;
import dev.dray.domain.rig.CrowdedModel;
import dev.dray.domain.rig.Seeds;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Servers of every size: what is found is what they are.
class SweepPropertiesTest {
    static LongStream seeds() {
        return Seeds.all().limit(60);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void findsTheSlotsOfAnyServer(long seed) {
        var random = new SplittableRandom(seed);
        var rig = new SweepRig();
        int slots = random.nextInt(1, 60);
        long micros = random.nextLong(2_000, 3_000_000);
        // Service times that vary by a tenth, so that answers do not come in step.
        SplittableRandom jitter = random.split();

        SweepResult result = rig.run(new CrowdedModel(
                rig.time, slots, _ -> Duration.ofNanos((long) (micros * 1_000 * (0.95 + 0.1 * jitter.nextDouble())))));

        Saturation found = result.saturation().orElseThrow();
        assertThat(result.ending()).isEqualTo(Ending.COMPLETE);
        assertThat(found.saturated()).isTrue();
        assertThat(found.knee())
                .as("knee of %d slots of %d µs", slots, micros)
                .isBetween((int) Math.floor(0.85 * slots), slots + Math.max(1, slots / 7));
        double truth = slots * 10 / (micros / 1e6);
        assertThat(found.unitsPerSecond()).isBetween(0.9 * truth, 1.1 * truth);
        assertThat(result.advice().orElseThrow().connections()).isEmpty();
        assertThat(rig.time.waiting()).isZero();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void answersThatComeInStepMisleadNobody(long seed) {
        var random = new SplittableRandom(seed);
        var rig = new SweepRig();
        int slots = random.nextInt(1, 60);
        Duration service = Duration.ofMillis(random.nextLong(2, 3_000));

        Saturation found = rig.run(new CrowdedModel(rig.time, slots, _ -> service))
                .saturation()
                .orElseThrow();

        assertThat(found.knee())
                .as("knee of %d slots", slots)
                .isBetween((int) Math.floor(0.85 * slots), slots + slots / 7);
        double truth = slots * 10 / (service.toNanos() / 1e9);
        assertThat(found.unitsPerSecond()).isBetween(0.9 * truth, 1.1 * truth);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void findsWhereABatchingServersRateFlattens(long seed) {
        var random = new SplittableRandom(seed);
        var rig = new SweepRig();
        int batch = random.nextInt(2, 60);
        Duration service = Duration.ofMillis(random.nextLong(20, 3_000));

        SweepResult result = rig.run(new CrowdedModel(
                rig.time,
                Integer.MAX_VALUE,
                running -> service.multipliedBy(Math.max(batch, running)).dividedBy(batch)));

        assertThat(result.saturation().orElseThrow().knee())
                .as("knee of batches of %d", batch)
                .isBetween((int) Math.floor(0.8 * batch), batch + Math.max(1, batch / 5));
        assertThat(result.advice().orElseThrow().connections()).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void findsThePeakOfAServerThatCollapses(long seed) {
        var random = new SplittableRandom(seed);
        var rig = new SweepRig();
        int bears = random.nextInt(2, 60);
        Duration service = Duration.ofMillis(random.nextLong(20, 3_000));

        SweepResult result = rig.run(new CrowdedModel(
                rig.time,
                Integer.MAX_VALUE,
                running -> running <= bears
                        ? service
                        : service.multipliedBy((long) running * running * running)
                                .dividedBy((long) bears * bears * bears)));

        Saturation found = result.saturation().orElseThrow();
        assertThat(found.peak())
                .as("peak of a server that bears %d", bears)
                .isBetween((int) Math.floor(0.8 * bears), bears + Math.max(1, bears / 8));
        assertThat(found.saturated()).isTrue();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void percentilesNeverFallAndAnswersAddUp(long seed) {
        var random = new SplittableRandom(seed);
        var rig = new SweepRig();
        rig.streams = random.nextBoolean();
        int slots = random.nextInt(1, 20);
        SplittableRandom jitter = random.split();
        var model = new CrowdedModel(
                rig.time, slots, running -> Duration.ofNanos((long) (1e7 * running * (0.5 + jitter.nextDouble()))));
        if (random.nextBoolean()) {
            model.streaming(random.nextInt(1, 8));
        }

        for (Stage stage : rig.run(model).stages()) {
            stage.times().endToEnd().ifPresent(SweepPropertiesTest::rises);
            stage.times().first().ifPresent(SweepPropertiesTest::rises);
            stage.times().between().ifPresent(SweepPropertiesTest::rises);
            assertThat(stage.throughput().rounds()).isNotEmpty().hasSizeLessThanOrEqualTo(StageTally.MOST_ROUNDS);
            assertThat(stage.answers().good()).isGreaterThanOrEqualTo(stage.concurrency());
            assertThat(stage.answers().bad()).isZero();
        }
    }

    private static void rises(Distribution values) {
        double last = 0;
        for (double percent : new double[] {0, 50, 90, 95, 99, 100}) {
            assertThat(values.percentile(percent)).isGreaterThanOrEqualTo(last);
            last = values.percentile(percent);
        }
        assertThat(values.bins(20).stream().mapToInt(Distribution.Bin::count).sum())
                .isEqualTo(values.size());
    }
}
