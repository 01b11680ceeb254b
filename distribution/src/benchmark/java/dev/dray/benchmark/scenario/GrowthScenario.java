package dev.dray.benchmark.scenario;

import dev.dray.benchmark.report.Chart;
import dev.dray.benchmark.stand.Contender;
import dev.dray.benchmark.stand.Worker;
import java.io.IOException;
import java.util.List;

/// What a request costs a worker as something else grows, on a fresh process for each round.
public final class GrowthScenario implements Scenario {
    private final String of;
    private final String sizes;
    private final List<Integer> steps;
    private final Cost cost;
    private final Chart chart;

    /// @param of    what grows, in one word
    /// @param sizes what is counted, for the axis
    /// @param steps each above 0, growing
    GrowthScenario(String of, String sizes, List<Integer> steps, Cost cost) {
        this.of = of;
        this.sizes = sizes;
        this.steps = steps;
        this.cost = cost;
        this.chart = new Chart("Cost of a request by " + of, sizes, "CPU per request, us", true);
    }

    @Override
    public String name() {
        return "growth-" + of;
    }

    @Override
    public String about() {
        return "what a request costs with %,d to %,d %s".formatted(steps.getFirst(), steps.getLast(), sizes);
    }

    @Override
    public boolean takes(Contender contender) {
        return contender instanceof Worker;
    }

    @Override
    public int rounds(Effort effort) {
        return Math.min(3, effort.rounds());
    }

    @Override
    public void run(Round round) throws IOException {
        round.contender().restart();
        WarmUp.run(round);
        for (int step : steps) {
            double micros = cost.at(round, step);
            round.add(name(), "CPU per request at %,d".formatted(step), "us", micros);
            round.point(chart, step, micros);
        }
    }
}
