package dev.dray.domain.worker;

import dev.dray.model.BenchmarkResult;
import dev.dray.model.Readiness;
import dev.dray.port.exchange.InboundRequest;
import dev.dray.port.exchange.Responder;
import dev.dray.port.exchange.Ticket;
import dev.dray.port.inbound.CloseSessions;
import dev.dray.port.inbound.DrainWorker;
import dev.dray.port.inbound.ObserveModelLog;
import dev.dray.port.inbound.ReadWorker;
import dev.dray.port.inbound.RequestGate;
import dev.dray.port.outbound.WorkerEvent;
import dev.dray.port.outbound.WorkerEvent.ReadinessChanged;
import dev.dray.port.outbound.WorkerEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One worker: everything that may be asked of it and told to it, in one place.
///
/// Two desks do the work. The [RequestDesk] takes requests in and sees them through; the [ReadinessDesk]
/// follows the model server's log, benchmark and health. All the first knows of the second is its
/// published [Standing]. Thread-safe.
public final class Worker implements RequestGate, ObserveModelLog, ReadWorker, DrainWorker, CloseSessions {
    private final ReadinessDesk readiness;
    private final RequestDesk requests;
    private final WorkerEvents events;
    private final int servers;

    public Worker(WorkerPlan plan, WorkerPorts ports) {
        this.events = ports.events();
        this.readiness = new ReadinessDesk(plan, ports.telling(this::told), this::usable);
        this.servers = plan.servers().size();
        this.requests = new RequestDesk(plan, ports, readiness::standing);
    }

    /// The way in for the model server's side of the machine: the platform's paths there, and nothing
    /// else.
    public RequestGate internal() {
        return requests.internal();
    }

    /// Begins the worker's life: load time counts from here, and what the worker itself has to keep up
    /// is started: the model server's process, or the plugin's life cycle. Called once, before any line
    /// of the log. Requests may arrive before; they are told that the worker is not ready.
    public void start() {
        readiness.start();
    }

    @Override
    public Set<String> methods(String path) {
        return requests.methods(path);
    }

    @Override
    public Ticket arrive(InboundRequest request, Responder responder) {
        return requests.arrive(request, responder);
    }

    @Override
    public void proceed(Ticket ticket) {
        requests.proceed(ticket);
    }

    @Override
    public void cancel(Ticket ticket) {
        requests.cancel(ticket);
    }

    /// Takes the lines of a log that belongs to some of the model servers, and not to all as the lines
    /// told to the worker itself.
    ///
    /// @param those their places in the plan; one or more
    public ObserveModelLog log(List<Integer> those) {
        return readiness.log(those);
    }

    @Override
    public void runBegan(String source) {
        readiness.runBegan(source);
    }

    @Override
    public void line(LogLine line) {
        readiness.line(line);
    }

    @Override
    public void caughtUp() {
        readiness.caughtUp();
    }

    @Override
    public Readiness readiness() {
        return readiness.standing().readiness();
    }

    @Override
    public LoadSnapshot load() {
        return requests.load();
    }

    @Override
    public Optional<BenchmarkResult> benchmark() {
        return readiness.benchmark();
    }

    @Override
    public List<String> closeSessions() {
        return requests.closeSessions();
    }

    @Override
    public List<ServerSnapshot> servers() {
        var all = new ArrayList<ServerSnapshot>();
        for (int server = 0; server < servers; server++) {
            all.add(new ServerSnapshot(readiness.readiness(server), requests.running(server)));
        }
        return all;
    }

    @Override
    public void drain(Runnable whenIdle) {
        readiness.drain();
        requests.drain(() -> readiness.end(whenIdle));
    }

    @Override
    public void abandon() {
        requests.abandon();
    }

    private void usable(long usable) {
        requests.serveWith(usable);
    }

    // The readiness side tells this, outside its lock and after the standing has changed.
    private void told(WorkerEvent event) {
        events.accept(event);
        if (event instanceof ReadinessChanged) {
            requests.readinessChanged();
        }
    }
}
