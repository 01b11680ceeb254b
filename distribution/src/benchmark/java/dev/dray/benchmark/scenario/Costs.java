package dev.dray.benchmark.scenario;

import dev.dray.benchmark.load.ClosedLoop;
import dev.dray.benchmark.load.EventLoop;
import dev.dray.benchmark.load.IdleStreams;
import dev.dray.benchmark.load.Requests;
import dev.dray.benchmark.load.Tally;
import dev.dray.benchmark.model.Order;
import dev.dray.benchmark.stand.Asking;
import dev.dray.benchmark.stand.Sessions;
import java.io.IOException;

/// The costs that [GrowthScenario] looks at.
final class Costs {
    private static final int ANSWER = 306;
    private static final int CLIENTS = 8;

    private Costs() {}

    /// So many clients on a route that serves one at a time: all but one of them wait in the queue.
    static double queue(Round round, int size) throws IOException {
        try (EventLoop loop = EventLoop.open()) {
            return closedLoop(round, loop, size, round.asking().small(Asking.SERIAL, Order.json(ANSWER)));
        }
    }

    /// Requests inside so many open sessions.
    static double sessions(Round round, int size) throws IOException {
        var open = Sessions.open(round.contender(), round.asking(), size);
        try (EventLoop loop = EventLoop.open()) {
            return closedLoop(
                    round, loop, CLIENTS, round.asking().inSessions(Asking.WHOLE, Order.json(ANSWER), open.ids()));
        } finally {
            open.close();
        }
    }

    /// Requests beside so many open streams.
    static double streams(Round round, int size) throws IOException {
        try (EventLoop loop = EventLoop.open()) {
            var streams = IdleStreams.reading(loop, round.contender().address());
            streams.openUpTo(size, i -> round.asking().small(Asking.STREAM, Order.idle(i)));
            return closedLoop(round, loop, CLIENTS, round.asking().small(Asking.WHOLE, Order.json(ANSWER)));
        }
    }

    /// Requests with a body of so many bytes.
    static double body(Round round, int size) throws IOException {
        try (EventLoop loop = EventLoop.open()) {
            return closedLoop(round, loop, 1, round.asking().sized(Asking.WHOLE, Order.json(ANSWER), size));
        }
    }

    private static double closedLoop(Round round, EventLoop loop, int clients, Requests requests) throws IOException {
        var load = new ClosedLoop(loop, round.contender().address(), requests);
        load.start(clients);
        loop.run(round.effort().warmUp());
        var use = new UseMeter(round.contender());
        Tally tally = load.restart();
        loop.run(round.effort().measured());
        double micros = use.cpuSeconds() * 1e6 / Math.max(1, tally.answers());
        round.failures("growth", tally.errors(), tally.firstError());
        load.finish();
        return micros;
    }
}
