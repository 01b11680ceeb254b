package dev.dray.domain.benchmark;

import dev.dray.domain.benchmark.Round.Timing;
import dev.dray.model.BenchmarkResult;
import dev.dray.port.exchange.Abort;
import dev.dray.port.exchange.Exchange;
import dev.dray.port.exchange.ModelFailure;
import dev.dray.port.outbound.ModelServer;
import dev.dray.port.outbound.Ticker;
import dev.dray.port.outbound.Timers;
import dev.dray.port.outbound.Timers.Timer;
import dev.dray.spi.BenchmarkPlan;
import dev.dray.spi.Route;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/// One benchmark: a warm-up request, then bursts until the throughput is stable or the rounds are used
/// up.
///
/// It owns no thread: each burst is prepared and launched by a timer's task, set by whoever saw the
/// burst before it end. So a plugin that is slow with its payloads, or never returns, holds up nobody
/// but this run, and answers that come while their burst is still being launched do not nest. After
/// [#abort()] nothing is launched and nothing told.
public final class BenchmarkRun {
    private final Setup setup;
    private final Outside outside;
    private final Listener listener;
    private final PayloadMaker payloads;

    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Answer> inTheAir = new LinkedHashSet<>();
    // Touched only between two bursts, by the thread that saw the last one end; the lock orders one such thread
    // before the next.
    private final Rounds rounds = new Rounds();
    private Timer next = () -> {};
    private volatile boolean over;

    public BenchmarkRun(Setup setup, Outside outside, Listener listener) {
        this.setup = setup;
        this.outside = outside;
        this.listener = listener;
        this.payloads = new PayloadMaker(setup, outside, this::fail);
    }

    /// What to measure.
    ///
    /// @param backendId   plugin id, named where the plugin is to blame
    /// @param server      which one, by its place in the worker's plan
    /// @param route       asked for at the model server
    /// @param plan        how many rounds of what
    /// @param concurrency requests in one burst: the plan's, or 1 on a serial route
    public record Setup(String backendId, int server, Route route, BenchmarkPlan plan, int concurrency) {}

    /// What a run needs from outside.
    public record Outside(
            ModelServer model, Timers timers, Ticker ticker, InstantSource clock, RandomGenerator random) {}

    /// Hears of a run: any number of rounds, then at most one of [#measured] and [#failed]. Called
    /// without a lock, on any thread, one at a time.
    public interface Listener {
        /// The benchmark began, or one of its rounds ended.
        ///
        /// @param round          0 at the beginning, then 1, 2, 3 …
        /// @param maxRounds      the most rounds there will be
        /// @param unitsPerSecond throughput of the round just ended; empty at the beginning
        void progressed(int round, int maxRounds, OptionalDouble unitsPerSecond);

        /// The benchmark ended with a capacity.
        void measured(BenchmarkResult result);

        /// There is no capacity.
        ///
        /// @param reason for a person; never empty
        void failed(String reason);
    }

    /// Begins. Called once.
    public void start() {
        if (!over) {
            listener.progressed(Burst.WARM_UP, setup.plan().runs(), OptionalDouble.empty());
            proceedTo(setup.plan().warmup() ? Burst.WARM_UP : 1);
        }
    }

    /// Ends the run and the model server's work on it. May be called again, and after the end; then
    /// nothing happens.
    public void abort() {
        List<Abort> running;
        Timer waiting;
        lock.lock();
        try {
            over = true;
            waiting = next;
            running = inTheAir.stream().map(answer -> answer.abort).toList();
            inTheAir.clear();
        } finally {
            lock.unlock();
        }
        waiting.cancel();
        running.forEach(Abort::abort);
    }

    private void proceedTo(int round) {
        Timer set = outside.timers().after(Duration.ZERO, () -> launch(round));
        lock.lock();
        try {
            if (!over) {
                next = set;
                return;
            }
        } finally {
            lock.unlock();
        }
        set.cancel();
    }

    private void launch(int round) {
        // All of them before the first is sent: making them must not count as the model server's time.
        List<PreparedRequest> requests = payloads.make(round == Burst.WARM_UP ? 1 : setup.concurrency(), () -> over);
        if (over) {
            return;
        }
        var burst = new Burst(round, requests.size(), outside.ticker().nanos());
        for (PreparedRequest request : requests) {
            if (over) {
                return;
            }
            var answer = new Answer(burst, request.units());
            outside.model().launch(request.call(setup.server(), answer.sink), answer);
        }
    }

    /// The last answer of a burst has ended: nothing else is in the air.
    private void conclude(Burst burst) {
        String fault = burst.fault(setup.route().path());
        if (!fault.isEmpty()) {
            fail(fault);
        } else if (burst.isWarmUp()) {
            proceedTo(1);
        } else {
            keep(burst.number(), burst.round());
        }
    }

    private void keep(int number, Round round) {
        if (!usable(round.unitsPerSecond())) {
            failUnusable(round.unitsPerSecond());
            return;
        }
        rounds.add(round);
        if (over) {
            return;
        }
        listener.progressed(number, setup.plan().runs(), OptionalDouble.of(round.unitsPerSecond()));
        if (!rounds.complete(setup.plan().runs())) {
            proceedTo(number + 1);
        } else if (!usable(rounds.unitsPerSecond())) {
            failUnusable(rounds.unitsPerSecond());
        } else if (finish()) {
            listener.measured(rounds.result(outside.clock().instant()));
        }
    }

    private static boolean usable(double unitsPerSecond) {
        return unitsPerSecond > 0 && Double.isFinite(unitsPerSecond);
    }

    private void failUnusable(double unitsPerSecond) {
        fail("Benchmark failed with error: plugin '%s' prices its benchmark payloads so that %s gives %s units/s;"
                        .formatted(setup.backendId(), setup.route().path(), unitsPerSecond)
                + " a price above 0 is needed, or 'capacity' in the configuration");
    }

    private void fail(String reason) {
        if (finish()) {
            listener.failed(reason);
        }
    }

    /// Ends the run; false where an abort came first.
    private boolean finish() {
        lock.lock();
        try {
            boolean first = !over;
            over = true;
            return first;
        } finally {
            lock.unlock();
        }
    }

    /// One request of a burst, as the model server's adapter tells it.
    private final class Answer implements Exchange {
        private final Burst burst;
        private final double units;
        private final FirstByteSink sink = new FirstByteSink(outside.ticker());
        private final long startedNanos = outside.ticker().nanos();
        private int status;
        private long headNanos;
        private Abort abort = () -> {};

        Answer(Burst burst, double units) {
            this.burst = burst;
            this.units = units;
        }

        @Override
        public void begun(Abort way) {
            lock.lock();
            try {
                if (!over) {
                    abort = way;
                    inTheAir.add(this);
                    return;
                }
            } finally {
                lock.unlock();
            }
            way.abort();
        }

        @Override
        public void head(int answered) {
            status = answered;
            headNanos = outside.ticker().nanos();
        }

        @Override
        public void ended() {
            long nanos = outside.ticker().nanos();
            var timing = new Timing(sink.firstByteNanos().orElse(headNanos) - startedNanos, nanos - startedNanos);
            end(() -> burst.answered(status, units, timing, nanos));
        }

        @Override
        public void failed(ModelFailure failure) {
            end(() -> burst.failed(failure, outside.ticker().nanos()));
        }

        private void end(Runnable count) {
            lock.lock();
            try {
                // An answer that has ended must not be aborted any more: its connection may carry another request.
                inTheAir.remove(this);
                if (over) {
                    return;
                }
                count.run();
                if (!burst.isOver()) {
                    return;
                }
            } finally {
                lock.unlock();
            }
            conclude(burst);
        }
    }
}
