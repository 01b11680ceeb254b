package dev.dray.domain.worker;

import dev.dray.model.BenchmarkResult;
import dev.dray.model.Readiness;
import dev.dray.model.ReadinessState;
import dev.dray.port.inbound.ObserveModelLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/// The readiness side of the worker: one [ServerDesk] for each model server, and the [StandingBoard] that
/// makes one state of theirs.
///
/// Any thread may call; nothing waits. What is decided is decided under the lock of [OrderedEffects],
/// what follows from it is done after it and in order. Who asks [#standing()] reads a snapshot and takes
/// no lock. The log that is told to the desk itself is one that all model servers share.
final class ReadinessDesk implements ObserveModelLog {
    private final WorkerPlan plan;
    private final WorkerPorts ports;
    private final OrderedEffects effects = new OrderedEffects();

    // Guarded by the lock of the effects.
    private final CapacitySearch capacity;
    private final StandingBoard board;
    private final List<ServerDesk> servers = new ArrayList<>();
    private final LogDesk log;

    /// @param usable hears, as an effect, which model servers take new requests: a bit for each, that of
    ///     server 0 the lowest. At first all of them do, and all of them again while none is ready
    ReadinessDesk(WorkerPlan plan, WorkerPorts ports, LongConsumer usable) {
        this.plan = plan;
        this.ports = ports;
        this.capacity = new CapacitySearch(plan, ports, effects);
        this.board = new StandingBoard(plan.servers(), ports, effects, new StandingBoard.Service(capacity, usable));
        for (int server = 0; server < plan.servers().size(); server++) {
            servers.add(new ServerDesk(server, plan, new ServerDesk.House(this, ports, effects, capacity, board)));
        }
        this.log = new LogDesk(plan, ports.events(), this, servers);
    }

    /// Begins the worker's life: load time counts from here. Called once, before any line of a log.
    void start() {
        unlessClosing(() -> {
            board.begin();
            servers.forEach(ServerDesk::start);
        });
    }

    /// Takes the lines of a log that some model servers share.
    ///
    /// @param those their places in the worker's plan; one or more
    ObserveModelLog log(List<Integer> those) {
        return new LogDesk(
                plan, ports.events(), this, those.stream().map(servers::get).toList());
    }

    @Override
    public void runBegan(String source) {
        log.runBegan(source);
    }

    @Override
    public void line(LogLine line) {
        log.line(line);
    }

    @Override
    public void caughtUp() {
        log.caughtUp();
    }

    /// Where the worker stands.
    Standing standing() {
        return board.standing();
    }

    /// Where a model server stands.
    Readiness readiness(int server) {
        return board.server(server).now();
    }

    /// The benchmark that gave the capacity; empty before there is one, and where the capacity is
    /// pinned.
    Optional<BenchmarkResult> benchmark() {
        return capacity.result();
    }

    /// The service ends in order: nothing is measured, probed or started any more.
    void drain() {
        unlessClosing(() -> {
            leave();
            servers.forEach(ServerDesk::drain);
            board.move(ReadinessState.DRAINING);
        });
    }

    /// The end, after the last request. Nothing is heard any more; what the worker kept up is taken
    /// down.
    ///
    /// @param done called when nothing is left, after STOPPED was told
    void end(Runnable done) {
        effects.decide(() -> {
            var left = new Countdown(servers.size(), () -> effects.decide(() -> ended(done)));
            servers.forEach(server -> server.end(left::one));
        });
    }

    private void ended(Runnable done) {
        if (board.state() != ReadinessState.STOPPED) {
            leave();
            board.move(ReadinessState.STOPPED);
        }
        effects.later(done);
    }

    private void leave() {
        capacity.close();
        servers.forEach(ServerDesk::leave);
    }

    /// Decides something, unless the worker drains or has stopped.
    void unlessClosing(Runnable decision) {
        effects.decide(() -> {
            if (board.state() != ReadinessState.DRAINING && board.state() != ReadinessState.STOPPED) {
                decision.run();
            }
        });
    }

    /// Leaves an effect for after the decision that is being taken.
    void later(Runnable effect) {
        effects.later(effect);
    }

    /// Runs something once so many have said that they are done. Touched by effects alone.
    private static final class Countdown {
        private final Runnable then;
        private int left;

        Countdown(int left, Runnable then) {
            this.left = left;
            this.then = then;
        }

        void one() {
            left--;
            if (left == 0) {
                then.run();
            }
        }
    }
}
