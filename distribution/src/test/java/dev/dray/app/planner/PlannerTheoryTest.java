package dev.dray.app.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.dray.app.planner.PlanOrder.Machine;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Plans against Erlang C and Pollaczek–Khinchine ([QueueTheory]), in the mean over seeds.
///
/// Each seed gives one mean wait; from their spread follows the standard error of the mean over all seeds. The plan
/// agrees where theory is within four of these: of true agreement one test in 16,000 would fail.
class PlannerTheoryTest {
    private static final int SEEDS = 24;
    private static final double MOST_ERRORS = 4;
    private static final Duration HORIZON = Duration.ofSeconds(20_000);

    @ParameterizedTest(name = "{0}: {1} requests/s of {2} units, {4} servers, {5} slots")
    @CsvSource({
        "M/M/1, 0.8,  exponential:100, 100, 1, 0",
        "M/M/1, 0.5,  exponential:100, 100, 1, 1",
        "M/M/4, 3.2,  exponential:100, 100, 4, 0",
        "M/M/4, 0.8,  exponential:100, 100, 1, 4",
        "M/M/2, 1.0,  exponential:100, 100, 2, 0",
        "M/D/1, 0.8,  fixed:100,       100, 1, 0",
        "M/D/1, 0.5,  fixed:100,       100, 1, 1",
        "M/G/1, 0.7, 'lognormal:100,0.6', 100, 1, 0",
        "M/G/1, 0.6, 'list:20,60,220', 100, 1, 0"
    })
    void meanWaitsAgree(String model, double rate, String sizes, double capacity, int servers, int slots) {
        Sizes drawn = Sizes.parse(sizes).orElseThrow();
        // No slots: the core hands each server one at a time and queues the others itself.
        var machine = new Machine(servers, capacity, Math.max(1, slots), slots == 0);
        double[] means = LongStream.rangeClosed(1, SEEDS)
                .mapToDouble(seed -> Planner.plan(order(rate, drawn, machine, seed))
                        .total()
                        .waited()
                        .mean())
                .toArray();
        double mean = Arrays.stream(means).average().orElseThrow();
        double variance =
                Arrays.stream(means).map(one -> (one - mean) * (one - mean)).sum() / (SEEDS - 1);
        double standardError = Math.sqrt(variance / SEEDS);

        List<Theory> theory = Theory.of(order(rate, drawn, machine, 1), rate, drawn);

        assertThat(theory).hasSize(1);
        assertThat(theory.getFirst().model()).isEqualTo(model);
        assertThat(mean)
                .as("%s: standard error %.5f", model, standardError)
                .isCloseTo(theory.getFirst().meanWait(), within(MOST_ERRORS * standardError));
    }

    private static PlanOrder order(double rate, Sizes sizes, Machine machine, long seed) {
        return new PlanOrder(
                PoissonArrivals.draw(rate, sizes, HORIZON, seed),
                HORIZON,
                1,
                machine,
                Optional.empty(),
                Optional.empty(),
                Router.Policy.LEAST_LOADED,
                seed);
    }
}
