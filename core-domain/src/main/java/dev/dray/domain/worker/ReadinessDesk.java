package dev.dray.domain.worker;

import dev.dray.domain.readiness.LogMarkers;
import dev.dray.domain.readiness.ProbeTally;
import dev.dray.domain.readiness.ReadinessMachine;
import dev.dray.domain.readiness.RunLog;
import dev.dray.domain.readiness.Sighting;
import dev.dray.model.BenchmarkResult;
import dev.dray.model.Readiness;
import dev.dray.model.ReadinessState;
import dev.dray.port.inbound.ObserveModelLog;
import dev.dray.port.outbound.ModelHealth.Probe;
import dev.dray.port.outbound.WorkerEvent;
import dev.dray.port.outbound.WorkerEvent.ModelLogNoted;
import dev.dray.port.outbound.WorkerEvent.ReadinessChanged;
import java.time.Duration;
import java.util.Optional;

/// The readiness side of the worker: log lines, benchmark and health probes come in, the readiness state goes out.
///
/// Any thread may call; nothing waits. What is decided is decided under the lock of [OrderedEffects], what follows
/// from it is done after it and in order. Who asks [#standing()] reads a snapshot and takes no lock.
///
/// What happens when, beyond the edges of [dev.dray.domain.readiness.ReadinessStep]:
/// - A *new run* leads to LOADING from every state: the model server has to load again. A benchmark in progress ends. A
///   worker that was ready keeps its capacity, its load time and its service; it is READY again after the next load
///   marker (the benchmark is known by then, so nothing is measured), or when its health probe is good often enough.
/// - A *load marker* counts while LOADING and in FAILED. In all other states the model is loaded already: it measures
///   nothing and refuses nothing.
/// - An *error marker* leads to FAILED from every state. FAILED keeps its first reason: what follows is consequence.
/// - *Without a log* health stands for it: the first good probe counts as a load marker, and in FAILED a good probe
/// after
///   a bad one as a new run. Without health either, the model server counts as loaded at the start.
final class ReadinessDesk implements ObserveModelLog {
    private final WorkerPlan plan;
    private final WorkerPorts ports;
    private final LogMarkers markers;
    private final OrderedEffects effects = new OrderedEffects();

    // Guarded by the lock of the effects.
    private final RunLog log = new RunLog();
    private final ReadinessMachine machine;
    private final ProbeTally tally;
    private final HealthWatch health;
    private final CapacitySearch capacity;
    private long startedNanos;
    private boolean everReady;
    private boolean goneSinceFailure;
    private Optional<Duration> loadTime = Optional.empty();

    private volatile Standing standing;

    ReadinessDesk(WorkerPlan plan, WorkerPorts ports) {
        this.plan = plan;
        this.ports = ports;
        this.markers = new LogMarkers(plan.logRules());
        this.machine = new ReadinessMachine(ports.clock().instant());
        this.tally = new ProbeTally(plan.health().down(), plan.health().up());
        this.health = new HealthWatch(ports, effects, this::judge);
        this.capacity = new CapacitySearch(plan, ports, effects, new Searched());
        this.startedNanos = ports.ticker().nanos();
        this.standing = new Standing(machine.now(), false, false, capacity.unitsPerSecond(), loadTime);
    }

    /// Begins the worker's life: load time counts from here. Called once, before any line of the log.
    void start() {
        unlessClosing(() -> {
            startedNanos = ports.ticker().nanos();
            if (!plan.readsLog()) {
                awaitHealth();
            }
        });
    }

    @Override
    public void runBegan(String source) {
        unlessClosing(() -> {
            log.begin();
            leave();
            if (!plan.readsLog()) {
                awaitHealth();
                return;
            }
            move(ReadinessState.LOADING, "waiting for a load marker in " + source);
            if (everReady && plan.probesHealth()) {
                watchHealth();
            }
        });
    }

    @Override
    public void line(LogLine line) {
        Sighting seen = markers.in(line.text());
        // Nearly all lines end here: no lock, no allocation.
        if (!seen.isNothing()) {
            unlessClosing(() -> heard(line, seen));
        }
    }

    @Override
    public void caughtUp() {
        unlessClosing(() -> act(log.caughtUp()));
    }

    /// Where the worker stands.
    Standing standing() {
        return standing;
    }

    /// The benchmark that gave the capacity; empty before there is one, and where the capacity is pinned.
    Optional<BenchmarkResult> benchmark() {
        return capacity.result();
    }

    /// The service ends in order: nothing is measured or probed any more.
    void drain() {
        unlessClosing(() -> {
            leave();
            move(ReadinessState.DRAINING, "");
        });
    }

    /// The end. Nothing is heard any more.
    void stop() {
        effects.decide(() -> {
            if (state() != ReadinessState.STOPPED) {
                leave();
                move(ReadinessState.STOPPED, "");
            }
        });
    }

    private void heard(LogLine line, Sighting seen) {
        if (!line.backlog()) {
            // A source that goes on without a word has caught up all the same.
            act(log.caughtUp());
        }
        Sighting fresh = log.hear(line, seen);
        act(fresh);
        fresh.infos().forEach(marker -> tell(new ModelLogNoted(marker, line.text())));
    }

    private void act(Sighting sighting) {
        if (sighting.isError()) {
            fail(sighting.error());
        } else if (sighting.load()) {
            loaded();
        }
    }

    private void awaitHealth() {
        if (!plan.probesHealth()) {
            move(ReadinessState.LOADING, "");
            loaded();
            return;
        }
        move(ReadinessState.LOADING, "waiting for the model server's health");
        watchHealth();
    }

    private void loaded() {
        switch (state()) {
            case STARTING, FAILED -> {
                move(ReadinessState.LOADING, "");
                measure();
            }
            case LOADING -> measure();
            case BENCHMARKING, VERIFYING, READY, UNHEALTHY, DRAINING, STOPPED -> {}
        }
    }

    private void measure() {
        leave();
        move(ReadinessState.BENCHMARKING, "");
        capacity.begin();
    }

    private void fail(String reason) {
        if (state() == ReadinessState.FAILED) {
            return;
        }
        leave();
        if (state() == ReadinessState.STARTING) {
            move(ReadinessState.LOADING, "");
        }
        move(ReadinessState.FAILED, reason);
        if (!plan.readsLog() && plan.probesHealth()) {
            goneSinceFailure = false;
            watchHealth();
        }
    }

    /// Ends whatever was under way on behalf of the state that is being left.
    private void leave() {
        capacity.end();
        health.end();
    }

    private void watchHealth() {
        tally.reset();
        health.begin();
    }

    private Duration judge(Probe probe) {
        switch (probe) {
            case Probe.Good() -> good();
            case Probe.Bad(String reason) -> bad(reason.isBlank() ? "the health probe failed" : reason);
        }
        boolean well = state() == ReadinessState.READY && probe instanceof Probe.Good;
        return well ? plan.health().interval() : plan.health().retryInterval();
    }

    private void good() {
        boolean up = tally.good();
        switch (state()) {
            case VERIFYING -> serve(true);
            case LOADING -> {
                if (!plan.readsLog()) {
                    loaded();
                } else if (up) {
                    serve(false);
                }
            }
            case UNHEALTHY -> {
                if (up) {
                    serve(false);
                }
            }
            case FAILED -> {
                if (goneSinceFailure) {
                    loaded();
                }
            }
            case STARTING, BENCHMARKING, READY, DRAINING, STOPPED -> {}
        }
    }

    private void bad(String reason) {
        boolean down = tally.bad();
        switch (state()) {
            case VERIFYING, UNHEALTHY -> move(state(), reason);
            case READY -> {
                if (down) {
                    move(ReadinessState.UNHEALTHY, reason);
                }
            }
            case LOADING -> {
                if (!plan.readsLog()) {
                    move(state(), reason);
                }
            }
            case FAILED -> goneSinceFailure = true;
            case STARTING, BENCHMARKING, DRAINING, STOPPED -> {}
        }
    }

    private void serve(boolean loadedBefore) {
        everReady = true;
        if (loadedBefore) {
            loadTime = Optional.of(Duration.ofNanos(ports.ticker().nanos() - startedNanos));
        }
        move(ReadinessState.READY, "");
    }

    private void move(ReadinessState to, String reason) {
        Readiness before = machine.now();
        Readiness after = machine.move(to, reason, ports.clock().instant());
        if (!after.equals(before)) {
            boolean draining = to == ReadinessState.DRAINING || to == ReadinessState.STOPPED;
            standing = new Standing(after, everReady, draining, capacity.unitsPerSecond(), loadTime);
            tell(new ReadinessChanged(before, after));
        }
    }

    private ReadinessState state() {
        return machine.now().state();
    }

    private void tell(WorkerEvent event) {
        effects.later(() -> ports.events().accept(event));
    }

    private void unlessClosing(Runnable decision) {
        effects.decide(() -> {
            if (state() != ReadinessState.DRAINING && state() != ReadinessState.STOPPED) {
                decision.run();
            }
        });
    }

    /// What follows when the search for the capacity ends.
    private final class Searched implements CapacitySearch.Outcome {
        @Override
        public void found() {
            move(ReadinessState.VERIFYING, "");
            if (plan.probesHealth()) {
                watchHealth();
            } else {
                serve(true);
            }
        }

        @Override
        public void failed(String reason) {
            fail(reason);
        }
    }
}
