package dev.dray.app.planner;

import dev.dray.adapter.inmemory.ManualTicker;
import dev.dray.adapter.inmemory.ManualTimers;
import dev.dray.app.planner.PlanReport.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Lets all requests of an order come to its workers, and looks at what becomes of them.
public final class Planner {
    private static final int MOMENTS = 120;

    private final PlanOrder order;
    private final ManualTimers timers = new ManualTimers(new ManualTicker());
    private final List<PlannedWorker> workers = new ArrayList<>();
    private final List<PlannedRequest> requests = new ArrayList<>();
    private final List<Moment> moments = new ArrayList<>();
    private final Router router;
    private int next;
    private double busyNanos;

    private Planner(PlanOrder order) {
        this.order = order;
        Set<String> routes = new TreeSet<>();
        order.arrivals().forEach(arrival -> routes.add(arrival.route()));
        for (int worker = 0; worker < order.workers(); worker++) {
            workers.add(new PlannedWorker(order, routes, timers));
        }
        this.router = new Router(order.router(), workers, order.seed());
    }

    /// Plans. The same order gives the same report.
    public static PlanReport plan(PlanOrder order) {
        return new Planner(order).run();
    }

    private PlanReport run() {
        // The workers become ready before the first request comes.
        timers.runDue();
        long horizon = order.horizon().toNanos();
        for (int moment = 0; moment <= MOMENTS; moment++) {
            timers.afterNanos(horizon / MOMENTS * moment, this::look);
        }
        timers.afterNanos(
                horizon,
                () -> busyNanos = workers.stream()
                        .mapToDouble(worker -> worker.servers().busyNanos())
                        .sum());
        expectNext();
        while (timers.runNext()) {
            // Each task is an event of the plan.
        }
        double slots = (double) order.workers() * order.machine().atOnce();
        return PlanReport.of(order, requests, busyNanos / (slots * horizon), moments);
    }

    private void expectNext() {
        if (next < order.arrivals().size()) {
            long at = order.arrivals().get(next).nanos();
            timers.afterNanos(Math.max(0, at - timers.ticker().passedNanos()), this::come);
        }
    }

    private void come() {
        var request = new PlannedRequest(order.arrivals().get(next++), timers);
        requests.add(request);
        router.pick().take(request);
        expectNext();
    }

    private void look() {
        int waiting = 0;
        int busy = 0;
        for (PlannedWorker worker : workers) {
            waiting += worker.waiting();
            busy += worker.servers().busy();
        }
        moments.add(new Moment(timers.ticker().passedNanos() / 1e9, waiting, busy));
    }
}
