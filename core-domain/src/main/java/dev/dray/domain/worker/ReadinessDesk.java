package dev.dray.domain.worker;

import dev.dray.domain.readiness.FaultText;
import dev.dray.domain.readiness.LogMarkers;
import dev.dray.domain.readiness.RunLog;
import dev.dray.domain.readiness.Sighting;
import dev.dray.domain.worker.WorkerPlan.LoadSignal;
import dev.dray.model.BenchmarkResult;
import dev.dray.model.ReadinessState;
import dev.dray.port.inbound.ObserveModelLog;
import dev.dray.port.outbound.WorkerEvent;
import dev.dray.port.outbound.WorkerEvent.ModelLogNoted;
import java.util.Optional;

/// The readiness side of the worker: log lines, benchmark and health probes come in, the readiness state
/// goes out.
///
/// Any thread may call; nothing waits. What is decided is decided under the lock of [OrderedEffects],
/// what follows from it is done after it and in order. Who asks [#standing()] reads a snapshot and takes
/// no lock.
///
/// What happens when, beyond the edges of [dev.dray.domain.readiness.ReadinessStep]:
/// - A *new run* leads to LOADING from every state: the model server has to load again. A benchmark in
///   progress ends. A worker that was ready keeps its capacity, its load time and its service; it is
///   READY again after the next load marker (the benchmark is known by then, so nothing is measured), or
///   when its health probe is good often enough.
/// - A *load marker* counts while LOADING and in FAILED. In all other states the model is loaded
///   already: it measures nothing and refuses nothing.
/// - An *error marker* leads to FAILED from every state. FAILED keeps the first reason of a run: what
///   follows is consequence.
/// - *A process of the worker's own* that ends leads to FAILED from every state but the last two; the
///   next run is a new run as above, only that health says nothing before the load marker: the model
///   server was gone for certain.
/// - *A life cycle* counts as loaded when it has been entered. Nothing brings it back from FAILED: the
///   plugin enters once.
/// - *A plugin that took too many threads* leads to FAILED, and nothing leads back.
/// - *Without any of these* health stands for the log: the first good probe counts as a load marker, and
///   in FAILED a good probe after a bad one as a new run. Without health either, the model server counts
///   as loaded at the start.
final class ReadinessDesk implements ObserveModelLog {
    private final WorkerPlan plan;
    private final WorkerPorts ports;
    private final LogMarkers markers;
    private final OrderedEffects effects = new OrderedEffects();

    // Guarded by the lock of the effects.
    private final RunLog log = new RunLog();
    private final CapacitySearch capacity;
    private final StandingBoard board;
    private final HealthJudge judge;
    private final HealthWatch health;
    private final ModelKeeper keeper;
    // Counts what may be a run of the model server, so that FAILED knows whether it is news.
    private long run;
    private long failedRun;
    private boolean condemned;

    ReadinessDesk(WorkerPlan plan, WorkerPorts ports) {
        this.plan = plan;
        this.ports = ports;
        this.markers = new LogMarkers(plan.logRules());
        this.capacity = new CapacitySearch(plan, ports, effects, new Searched());
        this.board = new StandingBoard(ports, effects, capacity::unitsPerSecond);
        var signs = new Signs();
        this.judge = new HealthJudge(plan, board, signs);
        this.health = new HealthWatch(ports, effects, judge::judge);
        this.keeper = ModelKeeper.of(plan, ports, effects, new ModelKeeper.Told(this, signs));
    }

    /// Begins the worker's life: load time counts from here. Called once, before any line of the log.
    void start() {
        unlessClosing(() -> {
            board.begin();
            switch (plan.loadSignal()) {
                case LoadSignal.Log(), LoadSignal.OwnProcess() -> {}
                case LoadSignal.Enters _ ->
                    board.move(ReadinessState.LOADING, "waiting for the plugin's life cycle to be entered");
                case LoadSignal.Health() -> awaitHealth();
            }
            keeper.begin();
        });
    }

    @Override
    public void runBegan(String source) {
        unlessClosing(() -> {
            run++;
            log.begin();
            switch (plan.loadSignal()) {
                case LoadSignal.Log() -> {
                    awaitMarker(source);
                    if (board.everReady() && plan.probesHealth()) {
                        watchHealth();
                    }
                }
                case LoadSignal.OwnProcess() -> awaitMarker(source);
                case LoadSignal.Health() -> {
                    leave();
                    awaitHealth();
                }
                case LoadSignal.Enters _ -> {}
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
        return board.standing();
    }

    /// The benchmark that gave the capacity; empty before there is one, and where the capacity is
    /// pinned.
    Optional<BenchmarkResult> benchmark() {
        return capacity.result();
    }

    /// The worker is beyond help, whatever the model server does: FAILED until it is drained.
    ///
    /// @param reason for a person; never empty
    void condemn(String reason) {
        unlessClosing(() -> {
            failAnew(FaultText.of(reason));
            condemned = true;
            leave();
        });
    }

    /// The service ends in order: nothing is measured, probed or started any more.
    void drain() {
        effects.decide(() -> {
            if (!isClosing()) {
                leave();
                keeper.drain();
                board.move(ReadinessState.DRAINING, "");
            }
        });
    }

    /// The end, after the last request. Nothing is heard any more; what the worker kept up is taken
    /// down.
    ///
    /// @param done called when nothing is left, after STOPPED was told
    void end(Runnable done) {
        effects.decide(() -> keeper.end(() -> effects.decide(() -> {
            if (state() != ReadinessState.STOPPED) {
                leave();
                board.move(ReadinessState.STOPPED, "");
            }
            effects.later(done);
        })));
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

    private void awaitMarker(String source) {
        leave();
        // A command may be as long as it likes.
        board.move(ReadinessState.LOADING, FaultText.of("waiting for a load marker in " + source));
    }

    private void awaitHealth() {
        if (!plan.probesHealth()) {
            board.move(ReadinessState.LOADING, "");
            loaded();
            return;
        }
        board.move(ReadinessState.LOADING, HealthJudge.AWAITED);
        watchHealth();
    }

    private void loaded() {
        switch (state()) {
            case STARTING, FAILED -> {
                board.move(ReadinessState.LOADING, "");
                measure();
            }
            case LOADING -> measure();
            case BENCHMARKING, VERIFYING, READY, UNHEALTHY, DRAINING, STOPPED -> {}
        }
    }

    private void measure() {
        leave();
        board.move(ReadinessState.BENCHMARKING, "");
        capacity.begin();
    }

    private void fail(String reason) {
        if (state() != ReadinessState.FAILED || failedRun != run) {
            failAnew(reason);
        }
    }

    private void failAnew(String reason) {
        leave();
        if (state() == ReadinessState.STARTING) {
            board.move(ReadinessState.LOADING, "");
        }
        failedRun = run;
        board.move(ReadinessState.FAILED, reason);
        if (plan.loadSignal() instanceof LoadSignal.Health && plan.probesHealth()) {
            watchHealth();
        }
    }

    /// Ends whatever was under way on behalf of the state that is being left.
    private void leave() {
        capacity.end();
        health.end();
    }

    private void watchHealth() {
        judge.reset();
        health.begin();
    }

    private void serve(boolean loadedBefore) {
        keeper.ready();
        board.serve(loadedBefore);
    }

    private ReadinessState state() {
        return board.state();
    }

    private void tell(WorkerEvent event) {
        effects.later(() -> ports.events().accept(event));
    }

    private void unlessClosing(Runnable decision) {
        effects.decide(() -> {
            if (!condemned && !isClosing()) {
                decision.run();
            }
        });
    }

    private boolean isClosing() {
        return state() == ReadinessState.DRAINING || state() == ReadinessState.STOPPED;
    }

    /// What follows when the search for the capacity ends.
    private final class Searched implements CapacitySearch.Outcome {
        @Override
        public void found() {
            if (plan.probesHealth()) {
                board.move(ReadinessState.VERIFYING, HealthJudge.AWAITED);
                watchHealth();
            } else {
                board.move(ReadinessState.VERIFYING, "");
                serve(true);
            }
        }

        @Override
        public void failed(String reason) {
            fail(FaultText.of(reason));
        }
    }

    /// What follows from health, and when the model server that the worker keeps up comes or goes.
    private final class Signs implements HealthJudge.Verdict, ModelKeeper.Listener {
        @Override
        public void healthy(boolean loadedBefore) {
            serve(loadedBefore);
        }

        @Override
        public void starting() {
            run++;
        }

        @Override
        public void loaded() {
            ReadinessDesk.this.loaded();
        }

        @Override
        public void failed(String reason) {
            fail(reason);
        }

        @Override
        public void gaveUp(String reason) {
            failAnew(reason);
        }
    }
}
