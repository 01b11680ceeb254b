package dev.dray.benchmark.scenario;

import dev.dray.benchmark.load.EventLoop;
import dev.dray.benchmark.load.IdleStreams;
import dev.dray.benchmark.model.Order;
import dev.dray.benchmark.report.Chart;
import dev.dray.benchmark.report.Line;
import dev.dray.benchmark.stand.Asking;
import dev.dray.benchmark.stand.Contender;
import dev.dray.benchmark.stand.Direct;
import dev.dray.benchmark.stand.OpenFiles;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;

/// Memory by open streams: a thousand more at a time, on a process that has just been started. The slope is the memory
/// of one; what a start and the first streams cost is not in it.
public final class IdleStreamsScenario implements Scenario {
    private static final int STEPS = 10;
    private static final Duration SETTLING = Duration.ofMillis(500);

    private static final Chart CHART = new Chart("Memory by open streams", "open streams", "resident, MiB", false);

    private final int wanted;

    public IdleStreamsScenario(int wanted) {
        this.wanted = wanted;
    }

    @Override
    public String name() {
        return "idle-streams";
    }

    @Override
    public String about() {
        return "%,d open streams that say nothing, on a fresh process".formatted(wanted);
    }

    @Override
    public boolean takes(Contender contender) {
        return !(contender instanceof Direct);
    }

    @Override
    public int rounds(Effort effort) {
        return Math.min(2, effort.rounds());
    }

    @Override
    public void run(Round round) throws IOException {
        int all = OpenFiles.streams(wanted);
        if (all < wanted) {
            round.results()
                    .note("%s: %,d streams in place of %,d, since a process may open no more files here"
                            .formatted(name(), all, wanted));
        }
        round.contender().restart();
        var counts = new ArrayList<Double>();
        var resident = new ArrayList<Double>();
        try (EventLoop loop = EventLoop.open()) {
            var streams = IdleStreams.reading(loop, round.contender().address());
            for (int step = 1; step <= STEPS; step++) {
                streams.openUpTo(all * step / STEPS, i -> round.asking().small(Asking.STREAM, Order.idle(i)));
                loop.run(SETTLING);
                counts.add((double) streams.openCount());
                resident.add((double) round.contender().use().residentBytes());
            }
            round.add(name(), "open", "", streams.openCount());
            round.failures(
                    name(), streams.failures().errors(), streams.failures().firstError());
        }
        // The first steps pay for what is there only once.
        var line = Line.through(counts.subList(2, STEPS), resident.subList(2, STEPS));
        round.add(name(), "memory per stream", "KB", line.slope() / 1000);
        for (int step = 0; step < STEPS; step++) {
            round.point(CHART, counts.get(step), resident.get(step) / (1 << 20));
        }
    }
}
