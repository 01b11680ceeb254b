package dev.dray.domain.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.domain.rig.ScriptedModel.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The rule by which a benchmark stops, beside the reference's fixed rounds (8 of 10, the best one
/// counts), at the same noisy server: how long each takes, and how far each is from the rate that the
/// server sustains with ten requests at any time. Leaves its figures in `target/stopping-rule.txt`.
final class StoppingRuleTest {
    private static final int SERVERS = 400;
    private static final int ROUNDS = 8;
    private static final int CONCURRENCY = 10;
    private static final double UNITS = 10;
    private static final double MEAN_SECONDS = 0.1;
    private static final double SUSTAINED = CONCURRENCY * UNITS / MEAN_SECONDS;
    private static final Path FIGURES = Path.of("target", "stopping-rule.txt");

    /// A server whose answers vary in length.
    ///
    /// @param answers how long each takes, round by round
    private record NoisyServer(List<Duration> answers) {
        /// @param common share of the noise that hits all answers of a round alike, as on a machine that others
        ///     use too; the rest hits each by itself
        static NoisyServer of(double noise, double common, long seed) {
            RandomGenerator random = new Random(seed);
            List<Duration> answers = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                double shared = random.nextGaussian();
                for (int i = 0; i < CONCURRENCY; i++) {
                    double both = Math.sqrt(common) * shared + Math.sqrt(1 - common) * random.nextGaussian();
                    // Lognormal, with the mean of a server without noise.
                    double seconds = MEAN_SECONDS * Math.exp(noise * both - noise * noise / 2);
                    answers.add(Duration.ofNanos((long) (seconds * 1e9)));
                }
            }
            return new NoisyServer(answers);
        }

        double roundSeconds(int round) {
            return Collections.max(answers.subList(round * CONCURRENCY, (round + 1) * CONCURRENCY))
                            .toNanos()
                    / 1e9;
        }
    }

    /// What a benchmark took and gave, or the sum of several.
    private record Cost(double seconds, double error) {
        Cost plus(Cost other) {
            return new Cost(seconds + other.seconds, error + other.error);
        }

        Cost mean() {
            return new Cost(seconds / SERVERS, error / SERVERS);
        }
    }

    private static Cost cost(double seconds, double score) {
        return new Cost(seconds, Math.abs(score - SUSTAINED) / SUSTAINED);
    }

    private static Cost reference(NoisyServer server) {
        double seconds = 0;
        double best = 0;
        for (int round = 0; round < ROUNDS; round++) {
            seconds += server.roundSeconds(round);
            best = Math.max(best, CONCURRENCY * UNITS / server.roundSeconds(round));
        }
        return cost(seconds, best);
    }

    private static Cost ours(NoisyServer server) {
        var rig = new BenchmarkRig();
        rig.model.script(number -> Step.answer(200, server.answers().get(number)));
        rig.runToTheEnd(rig.run(ROUNDS, CONCURRENCY, false, BenchmarkRig.TEN_TOKENS));
        int rounds = rig.heard.result().roundsPerSecond().size();
        double seconds = 0;
        for (int round = 0; round < rounds; round++) {
            seconds += server.roundSeconds(round);
        }
        return cost(seconds, rig.heard.result().unitsPerSecond());
    }

    @ParameterizedTest(name = "noise {0}, {1} of it common")
    @CsvSource({"0.01, 1", "0.05, 1", "0.2, 1", "0.01, 0.5", "0.05, 0.5", "0.2, 0.5"})
    void takesNoLongerThanFixedRoundsAndIsNearerWhereNoiseIsCommon(double noise, double common) throws IOException {
        Cost ours = new Cost(0, 0);
        Cost reference = new Cost(0, 0);
        for (int seed = 0; seed < SERVERS; seed++) {
            NoisyServer server = NoisyServer.of(noise, common, seed);
            ours = ours.plus(ours(server));
            reference = reference.plus(reference(server));
        }

        note(noise, common, ours.mean(), reference.mean());

        assertThat(ours.seconds()).isLessThanOrEqualTo(reference.seconds());
        if (common == 1) {
            assertThat(ours.error()).isLessThan(reference.error());
        }
    }

    private static void note(double noise, double common, Cost ours, Cost reference) throws IOException {
        String line = String.format(
                Locale.ROOT,
                "noise %4.2f common %3.1f: time %.2f s against %.2f s, error %.1f %% against %.1f %%%n",
                noise,
                common,
                ours.seconds(),
                reference.seconds(),
                100 * ours.error(),
                100 * reference.error());
        Files.writeString(FIGURES, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
