package dev.dray.benchmark.scenario;

import dev.dray.benchmark.load.EventLoop;
import dev.dray.benchmark.load.IdleStreams;
import dev.dray.benchmark.load.Tally;
import dev.dray.benchmark.model.Order;
import dev.dray.benchmark.stand.Asking;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// How long the model server works on for a client that has hung up.
public final class ClientGoneScenario implements Scenario {
    private static final int CLIENTS = 200;
    private static final Duration APART = Duration.ofMillis(5);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @Override
    public String name() {
        return "client-gone";
    }

    @Override
    public String about() {
        return "%d streams whose clients hang up one after the other".formatted(CLIENTS);
    }

    @Override
    public void run(Round round) throws IOException {
        round.model().gone();
        try (EventLoop loop = EventLoop.open()) {
            var streams = IdleStreams.reading(loop, round.contender().address());
            streams.openUpTo(CLIENTS, i -> round.asking().small(Asking.STREAM, Order.idle(i)));
            Map<Integer, Long> left = new HashMap<>();
            for (int i = 0; i < CLIENTS; i++) {
                left.put(i, streams.hangUp(i));
                loop.run(APART);
            }
            Map<Integer, Long> gone = awaitGone(round, loop);
            var times = new Tally();
            left.forEach((client, when) -> {
                if (gone.containsKey(client)) {
                    times.answer(gone.get(client) - when);
                } else {
                    times.error("its model server's connection was still open %s later".formatted(PATIENCE));
                }
            });
            round.add(name(), "closed after p50", "ms", times.milliseconds(50));
            round.add(name(), "closed after p99", "ms", times.milliseconds(99));
            round.failures(name(), times.errors(), times.firstError());
        }
    }

    private static Map<Integer, Long> awaitGone(Round round, EventLoop loop) throws IOException {
        Map<Integer, Long> gone = new HashMap<>(round.model().gone());
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (gone.size() < CLIENTS && System.nanoTime() < end) {
            loop.run(Duration.ofMillis(50));
            gone.putAll(round.model().gone());
        }
        return gone;
    }
}
