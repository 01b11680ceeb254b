package dev.dray.app.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SimulationTest {
    private static final int A_MILLION = 1_000_000;
    /// More than a thousand clients come in a history: some of its workers are killed and begin anew.
    private static final int SEEDS = 1_000;

    @Test
    void aMillionRequestsAmongFaultsBreakNoPromise() {
        Simulation.Result result = Simulation.run(1, SEEDS, Simulation.REQUESTS, _ -> {});

        assertThat(result.failure()).isEmpty();
        assertThat(result.requests()).isGreaterThanOrEqualTo(A_MILLION);
        assertThat(result.faults().keySet()).containsExactlyInAnyOrderElementsOf(faults());
        assertThat(result.outcomes().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Outcome.values()).map(Outcome::word).toList());
    }

    @Test
    void oneSeedIsOneHistory() {
        List<String> first = trace(7);

        assertThat(trace(7)).isEqualTo(first);
        assertThat(trace(8)).isNotEqualTo(first);
        assertThat(first).hasSizeGreaterThan(100);
    }

    @Test
    void whatIsCountedDoesNotDependOnHowManyRunAtOnce() {
        Simulation.Result together = Simulation.run(1, 6, 100, _ -> {});
        Simulation.Result alone = Simulation.trace(1, 6, 100, _ -> {});

        assertThat(together).isEqualTo(alone);
    }

    private static List<String> trace(long seed) {
        var lines = new ArrayList<String>();
        Simulation.trace(seed, 1, 300, lines::add);
        return lines;
    }

    private static List<String> faults() {
        return Stream.of(Fault.values())
                .map(fault -> fault.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .toList();
    }
}
