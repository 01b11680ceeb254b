package dev.dray.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.benchmark.report.Results;
import dev.dray.benchmark.report.Results.Measure;
import dev.dray.benchmark.scenario.Effort;
import dev.dray.benchmark.scenario.Round;
import dev.dray.benchmark.scenario.Scenario;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoundsTest {
    private static final Measure FIGURE = new Measure("steady", "figure", "");

    private final Results results = new Results();

    @Test
    void keepsTheOthersFiguresWhereAScenarioBreaksOff() throws IOException {
        try (Stand stand = Stand.beside(Main.class.getName(), 0, URI.create("http://127.0.0.1:1"), Optional.empty())) {
            var rounds = new Rounds(stand, Effort.QUICK, results);

            assertThat(rounds.run(new Steady())).isTrue();
            assertThat(rounds.run(new Broken())).isFalse();
            assertThat(rounds.run(new Steady())).isTrue();
        }

        assertThat(results.notes()).containsExactly("broken broke off: java.io.IOException: only 3 of 50 came");
        assertThat(results.figures().get(FIGURE)).containsOnlyKeys("direct", "url");
    }

    private static final class Steady implements Scenario {
        @Override
        public String name() {
            return FIGURE.scenario();
        }

        @Override
        public String about() {
            return "one figure a round";
        }

        @Override
        public void run(Round round) {
            round.results().add(FIGURE, round.contender().name(), 1);
        }
    }

    private static final class Broken implements Scenario {
        @Override
        public String name() {
            return "broken";
        }

        @Override
        public String about() {
            return "ends in its first round";
        }

        @Override
        public void run(Round round) throws IOException {
            throw new IOException("only 3 of 50 came");
        }
    }
}
