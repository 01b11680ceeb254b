package dev.dray.benchmark.scenario;

import dev.dray.benchmark.load.ClosedLoop;
import dev.dray.benchmark.load.EventLoop;
import dev.dray.benchmark.load.Requests;
import dev.dray.benchmark.load.Tally;
import dev.dray.benchmark.model.Order;
import dev.dray.benchmark.report.Chart;
import dev.dray.benchmark.stand.Asking;
import java.io.IOException;

/// Small requests by so many clients at once, each of which asks again as soon as it is answered.
public final class RequestsScenario implements Scenario {
    private static final int ANSWER = 306;
    // More than the signatures a worker remembers.
    private static final int DISTINCT = 6000;

    private static final Chart RATE = new Chart("Requests per second by clients", "clients", "requests/s", false);
    private static final Chart TIME = new Chart("p99 by clients", "clients", "p99, ms", false);

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
            var use = new UseMeter(round.contender());
            Tally tally = load.restart();
            loop.run(round.effort().measured());
            double perSecond = tally.perSecond();
            round.add(name(), "requests/s", "", perSecond);
            use.report(round, name(), "CPU per request", tally.answers());
            Times.report(round, name(), tally);
            if (!isDistinct) {
                round.point(RATE, clients, perSecond);
                round.point(TIME, clients, tally.milliseconds(99));
            }
            round.failures(name(), tally.errors(), tally.firstError());
            load.finish();
        }
    }
}
