package dev.dray.app.planner;

import dev.dray.adapter.inmemory.ManualTimers;
import dev.dray.app.planner.PlanOrder.Machine;
import dev.dray.port.exchange.Exchange;
import dev.dray.port.exchange.ResponseHead;
import dev.dray.port.outbound.ModelCall;
import dev.dray.port.outbound.ModelServer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// The imagined model servers of one worker: each works on so many requests at once, each request at the same speed,
/// and lets those that are too many wait in order.
final class PlannedServers implements ModelServer {
    private static final ResponseHead OK = new ResponseHead(200, List.of());
    private static final double NANOS = 1e9;

    private final Machine machine;
    private final ManualTimers timers;
    private final List<Server> servers = new ArrayList<>();
    private int busy;
    private double busyNanos;
    private long changedAt;

    PlannedServers(Machine machine, ManualTimers timers) {
        this.machine = machine;
        this.timers = timers;
        for (int server = 0; server < machine.servers(); server++) {
            servers.add(new Server());
        }
    }

    /// Slots that are at work.
    int busy() {
        return busy;
    }

    /// Time all slots together have worked, until now.
    double busyNanos() {
        return busyNanos + busy * (double) (now() - changedAt);
    }

    @Override
    public void start(ModelCall call, Exchange exchange) {
        exchange.begun(() -> {});
        servers.get(call.server()).take(new Job(call, exchange));
    }

    @Override
    public void launch(ModelCall call, Exchange exchange) {
        throw new IllegalStateException("a planned worker measures nothing: its capacity is given");
    }

    private long now() {
        return timers.ticker().passedNanos();
    }

    private void busy(int difference) {
        busyNanos = busyNanos();
        changedAt = now();
        busy += difference;
    }

    private record Job(ModelCall call, Exchange exchange) {}

    private final class Server {
        private final Deque<Job> waiting = new ArrayDeque<>();
        private int working;

        void take(Job job) {
            if (working == machine.slots()) {
                waiting.add(job);
            } else {
                work(job);
            }
        }

        private void work(Job job) {
            working++;
            busy(1);
            if (job.call().sink() instanceof PlannedRequest request) {
                request.begins(now());
            }
            long nanos = Math.round(job.call().work().units() / machine.unitsPerSecondEach() * NANOS);
            timers.afterNanos(nanos, () -> done(job));
        }

        private void done(Job job) {
            working--;
            busy(-1);
            Job next = waiting.poll();
            if (next != null) {
                work(next);
            }
            job.exchange().head(OK.status());
            job.call().sink().head(OK);
            job.call().sink().end();
            job.exchange().ended();
        }
    }
}
