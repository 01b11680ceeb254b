package dev.dray.benchmark.scenario;

import dev.dray.benchmark.load.EventLoop;
import dev.dray.benchmark.load.IdleStreams;
import dev.dray.benchmark.model.Order;
import dev.dray.benchmark.stand.Asking;
import dev.dray.benchmark.stand.Contender;
import dev.dray.benchmark.stand.Direct;
import java.io.IOException;
import java.time.Duration;

/// Clients that ask for a long stream and do not read it: what the process in between holds for each of them.
///
/// On a process that was busy for a while and has seen such a stream already: on a fresh one the memory that Java's
/// garbage touches for the first time would be taken for the readers'.
public final class StalledReaderScenario implements Scenario {
    private static final int READERS = 100;
    private static final int FIRST = 20;
    private static final int TOKENS = 5_000_000;
    private static final Duration SETTLING = Duration.ofSeconds(2);

    @Override
    public String name() {
        return "stalled-readers";
    }

    @Override
    public String about() {
        return "%d clients that ask for a long stream and do not read it".formatted(READERS);
    }

    @Override
    public boolean takes(Contender contender) {
        return !(contender instanceof Direct);
    }

    @Override
    public int rounds(Effort effort) {
        return Math.min(3, effort.rounds());
    }

    @Override
    public void run(Round round) throws IOException {
        round.contender().restart();
        WarmUp.run(round);
        try (EventLoop loop = EventLoop.open()) {
            var streams = IdleStreams.stalled(loop, round.contender().address());
            open(round, loop, streams, FIRST);
            long before = round.contender().use().residentBytes();
            open(round, loop, streams, FIRST + READERS);
            long after = round.contender().use().residentBytes();
            round.add(name(), "memory per reader", "KB", (after - before) / 1000.0 / READERS);
            round.failures(
                    name(), streams.failures().errors(), streams.failures().firstError());
        }
    }

    private static void open(Round round, EventLoop loop, IdleStreams streams, int upTo) throws IOException {
        streams.openUpTo(upTo, i -> round.asking().small(Asking.STREAM, Order.stream(TOKENS, 0)));
        loop.run(SETTLING);
    }
}
