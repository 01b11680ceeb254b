package dev.dray.app.admin.history;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dray.port.inbound.ReadWorker;
import dev.dray.port.outbound.Ticker;
import dev.dray.port.outbound.WorkerEvent;
import dev.dray.port.outbound.WorkerEvents;
import java.time.InstantSource;
import java.util.List;

/// Remembers what the worker did. Thread-safe.
public final class WorkerHistory implements WorkerEvents {
    private final Traffic traffic;
    private final Happenings happenings = new Happenings();
    private final Failures failures;
    private volatile Runnable bell = () -> {};

    public WorkerHistory(Ticker ticker, InstantSource clock) {
        this.traffic = new Traffic(ticker, clock);
        this.failures = new Failures(ticker, clock);
    }

    /// From now on this is the worker whose events are heard. Called once, before the first of them.
    public void observe(ReadWorker worker) {
        traffic.observe(worker);
        happenings.begin(worker.readiness());
    }

    /// Has something done at each change that an operator wants to see at once.
    public void ring(Runnable newBell) {
        bell = newBell;
    }

    @Override
    public void accept(WorkerEvent event) {
        switch (event) {
            case WorkerEvent.RequestEnded ended -> {
                traffic.ended(ended.request());
                failures.ended(ended.request());
            }
            case WorkerEvent.ReadinessChanged changed -> {
                happenings.changed(changed.to());
                bell.run();
            }
            case WorkerEvent.BenchmarkProgress progress -> {
                happenings.progress(progress);
                bell.run();
            }
            case WorkerEvent.BenchmarkEnded _ -> {
                happenings.benchmarkEnded();
                bell.run();
            }
            case WorkerEvent.ModelServersChanged _, WorkerEvent.PluginWrittenOff _ -> bell.run();
            case WorkerEvent.RequestAdmitted _,
                    WorkerEvent.RequestStarted _,
                    WorkerEvent.SessionOpened _,
                    WorkerEvent.SessionClosed _,
                    WorkerEvent.ModelLogNoted _ -> {
                // Seen in what the worker answers when it is asked.
            }
        }
    }

    /// A stream brought its first text so long after the request's head had been read. Any thread.
    public void firstToken(long nanos) {
        traffic.firstToken(nanos);
    }

    /// Takes a look at the worker; to be called several times a second.
    ///
    /// @return the points that are over now, oldest first
    public List<Point> look() {
        return traffic.look();
    }

    /// The point that is not over yet.
    public Point open() {
        return traffic.open();
    }

    /// All points, oldest first; the last one is not over yet.
    public List<Point> points() {
        return traffic.points();
    }

    /// Adds totals, changes of readiness, a running benchmark and failures to the status.
    public void describe(ObjectNode root) {
        happenings.describe(root);
        traffic.totals().write(root.putObject("requests"));
        failures.write(root.putArray("failures"));
    }
}
