package dev.dray.benchmark.scenario;

import dev.dray.benchmark.load.ClosedLoop;
import dev.dray.benchmark.load.EventLoop;
import dev.dray.benchmark.load.Requests;
import dev.dray.benchmark.load.Tally;
import dev.dray.benchmark.model.Order;
import dev.dray.benchmark.stand.Asking;
import dev.dray.benchmark.stand.ProcessUse;
import java.io.IOException;
import java.time.Duration;

/// Small requests by so many clients at once, each of which asks again as soon as it is answered.
public final class RequestsScenario implements Scenario {
    private static final int ANSWER = 306;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    // More than the signatures a worker remembers.
    private static final int DISTINCT = 6000;

    private final int clients;
    private final boolean isDistinct;

    public RequestsScenario(int clients, boolean isDistinct) {
        this.clients = clients;
        this.isDistinct = isDistinct;
    }

    @Override
    public String name() {
        return (isDistinct ? "signatures-" : "requests-") + clients;
    }

    @Override
    public String about() {
        return "%d clients, each asks again as soon as it is answered%s"
                .formatted(clients, isDistinct ? "; every signature is a new one" : "");
    }

    @Override
    public void run(Round round) throws IOException {
        Order order = Order.json(ANSWER);
        Requests requests = isDistinct
                ? round.asking().distinct(Asking.WHOLE, order, DISTINCT)
                : round.asking().small(Asking.WHOLE, order);
        try (EventLoop loop = EventLoop.open()) {
            var load = new ClosedLoop(loop, round.contender().address(), requests);
            load.start(clients);
            loop.run(round.effort().warmUp());
            ProcessUse before = round.contender().use();
            Tally tally = load.restart();
            loop.run(round.effort().measured());
            double perSecond = tally.perSecond();
            ProcessUse after = round.contender().use();
            report(round, tally, perSecond, before, after);
            load.stop();
            loop.run(PATIENCE, load::isIdle);
        }
    }

    private void report(Round round, Tally tally, double perSecond, ProcessUse before, ProcessUse after) {
        round.add(name(), "requests/s", "", perSecond);
        round.add(name(), "p50", "ms", tally.milliseconds(50));
        round.add(name(), "p90", "ms", tally.milliseconds(90));
        round.add(name(), "p99", "ms", tally.milliseconds(99));
        round.add(name(), "p99.9", "ms", tally.milliseconds(99.9));
        if (after.residentBytes() > 0) {
            round.add(
                    name(),
                    "CPU per request",
                    "us",
                    (after.cpuSeconds() - before.cpuSeconds()) * 1e6 / Math.max(1, tally.answers()));
            round.add(name(), "resident", "MiB", after.residentBytes() / (double) (1 << 20));
        }
        round.failures(name(), tally.errors(), tally.firstError());
    }
}
