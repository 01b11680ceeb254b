package dev.dray.benchmark.scenario;

import dev.dray.benchmark.load.ClosedLoop;
import dev.dray.benchmark.load.EventLoop;
import dev.dray.benchmark.load.StreamLoad;
import dev.dray.benchmark.model.Order;
import dev.dray.benchmark.stand.Asking;
import java.io.IOException;
import java.time.Duration;

/// A little of everything for a process that has just been started, so that Java has compiled what is measured next.
public final class WarmUp {
    private static final int CLIENTS = 64;
    private static final int ANSWER = 306;
    private static final int STREAMS = 50;
    private static final int TOKENS = 200;
    private static final int TOKENS_PER_SECOND = 50;
    private static final int TIMES = 2;

    private WarmUp() {}

    /// Keeps a contender busy for a while.
    ///
    /// @param round whose contender is warmed up, for some times the warm-up of an ordinary round
    public static void run(Round round) throws IOException {
        Duration time = round.effort().warmUp().multipliedBy(TIMES);
        var server = round.contender().address();
        try (EventLoop loop = EventLoop.open()) {
            var requests = new ClosedLoop(loop, server, round.asking().small(Asking.WHOLE, Order.json(ANSWER)));
            requests.start(CLIENTS);
            loop.run(time);
            requests.finish();
            var streams = new StreamLoad(
                    loop, server, round.asking().small(Asking.STREAM, Order.stream(TOKENS, TOKENS_PER_SECOND)));
            streams.start(STREAMS, Duration.ofMillis(STREAMS));
            loop.run(time);
            streams.stop();
        }
    }
}
