package dev.dray.domain.worker;

import dev.dray.domain.readiness.FaultText;
import dev.dray.domain.worker.WorkerPlan.LoadSignal;
import dev.dray.model.ReadinessState;
import java.util.List;

/// The readiness of one model server: what its log says, benchmark and health probes come in, its state
/// goes out.
///
/// Everything here is a decision of the readiness side, so guarded by its lock, and never taken once the
/// worker drains.
///
/// What happens when, beyond the edges of [dev.dray.domain.readiness.ReadinessStep]:
/// - A *new run* leads to LOADING from every state: the model server has to load again. A benchmark in
///   progress ends. One that was ready keeps its capacity, its load time and its service; it is
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
/// - A *readiness probe* of the plugin's stands beside a log: from the start, and anew with each run, its
///   URLs are asked until all are well, which counts as a load marker. Whichever comes first counts; a
///   failure ends it until the next run.
/// - *Without any of these* health stands for the log: the first good probe counts as a load marker, and
///   in FAILED a good probe after a bad one as a new run. Without health either, the model server counts
///   as loaded at the start, or when the readiness probe says so, where there is one.
final class ServerDesk {
    private final WorkerPlan.ServerPlan server;
    private final ServerBoard board;
    private final CapacitySearch capacity;
    private final CapacitySearch.Seeker seeker;
    private final HealthJudge judge;
    private final HealthWatch health;
    private final LoadProbe probe;
    private final ModelKeeper keeper;
    // Counts what may be a run of the model server, so that FAILED knows whether it is news.
    private long run;
    private long failedRun;

    /// @param place in the worker's plan
    ServerDesk(int place, WorkerPlan plan, House house) {
        this.server = plan.servers().get(place);
        this.board = house.board().server(place);
        this.capacity = house.capacity();
        this.seeker = new CapacitySearch.Seeker(place, new Searched());
        var signs = new Signs();
        this.judge = new HealthJudge(plan.health(), server, board, signs);
        this.health = new HealthWatch(place, house.ports(), house.effects(), judge::judge);
        this.probe = new LoadProbe(plan.loadProbe(), house.ports(), house.effects(), signs);
        var told = new ModelKeeper.Told(new LogDesk(plan, house.ports().events(), house.desk(), List.of(this)), signs);
        this.keeper = ModelKeeper.of(place, server, house, told);
    }

    /// What all model servers of a worker share.
    record House(
            ReadinessDesk desk,
            WorkerPorts ports,
            OrderedEffects effects,
            CapacitySearch capacity,
            StandingBoard board) {}

    /// Begins the server's life.
    void start() {
        switch (server.loadSignal()) {
            case LoadSignal.Log() -> probe.begin();
            case LoadSignal.OwnProcess() -> {}
            case LoadSignal.Enters _ ->
                board.move(ReadinessState.LOADING, "waiting for the plugin's life cycle to be entered");
            case LoadSignal.Health() -> {
                awaitHealth();
                probe.begin();
            }
        }
        keeper.begin();
    }

    /// Its log, or its process, has begun anew.
    void runBegan(String source) {
        run++;
        switch (server.loadSignal()) {
            case LoadSignal.Log() -> {
                awaitMarker(source);
                if (board.everReady() && server.probesHealth()) {
                    watchHealth();
                }
            }
            case LoadSignal.OwnProcess() -> awaitMarker(source);
            case LoadSignal.Health() -> {
                leave();
                awaitHealth();
                probe.begin();
            }
            case LoadSignal.Enters _ -> {}
        }
    }

    /// Nothing is brought up any more, and what ends is no failure.
    void drain() {
        keeper.drain();
    }

    /// Takes down what was brought up.
    ///
    /// @param done performed as an effect when nothing is left
    void end(Runnable done) {
        keeper.end(done);
    }

    private void awaitMarker(String source) {
        leave();
        // A command may be as long as it likes.
        board.move(ReadinessState.LOADING, FaultText.of("waiting for a load marker in " + source));
        probe.begin();
    }

    private void awaitHealth() {
        if (server.probesHealth()) {
            board.move(ReadinessState.LOADING, HealthJudge.AWAITED);
            watchHealth();
        } else if (probe.asks()) {
            board.move(ReadinessState.LOADING, "waiting for the readiness probe");
        } else {
            board.move(ReadinessState.LOADING, "");
            loaded();
        }
    }

    /// The model is loaded.
    void loaded() {
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
        capacity.begin(seeker);
    }

    /// It has failed; only the first reason of a run counts.
    void fail(String reason) {
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
        if (server.loadSignal() instanceof LoadSignal.Health && server.probesHealth()) {
            watchHealth();
        }
    }

    /// Ends whatever was under way on behalf of the state that is being left.
    void leave() {
        capacity.end(seeker);
        health.end();
        probe.end();
    }

    private void watchHealth() {
        judge.reset();
        health.begin();
    }

    private void serve(boolean loadedBefore) {
        probe.end();
        keeper.ready();
        board.serve(loadedBefore);
    }

    private ReadinessState state() {
        return board.state();
    }

    /// What follows when the search for the capacity ends.
    private final class Searched implements CapacitySearch.Outcome {
        @Override
        public void found() {
            if (server.probesHealth()) {
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
    private final class Signs implements HealthJudge.Verdict, LoadProbe.Outcome, ModelKeeper.Listener {
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
            ServerDesk.this.loaded();
        }

        @Override
        public void failed(String reason) {
            fail(reason);
        }

        @Override
        public void probedInVain(String reason) {
            board.waitFurther(FaultText.of(reason));
        }

        @Override
        public void gaveUp(String reason) {
            failAnew(reason);
        }
    }
}
