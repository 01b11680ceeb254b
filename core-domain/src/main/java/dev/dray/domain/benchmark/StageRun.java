package dev.dray.domain.benchmark;

import dev.dray.domain.benchmark.Round.Timing;
import dev.dray.domain.benchmark.Stage.End;
import dev.dray.domain.benchmark.StageTally.Answered;
import dev.dray.port.exchange.Abort;
import dev.dray.port.exchange.Exchange;
import dev.dray.port.exchange.ModelFailure;
import dev.dray.port.outbound.Timers.Timer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// One stage of a sweep: as many requests in flight all the time as are asked for, until the estimate is stable or the
/// stage's time is used. Then what is still in flight is waited for, and counts no more: the next stage begins with an
/// idle model server.
///
/// A closed loop, where the benchmark at start ([BenchmarkRun]) sends bursts: a burst of 9 takes a server with 8 slots
/// as long as one of 16, so bursts show its peak only at multiples of its slots. Owns no thread, as [BenchmarkRun].
final class StageRun {
    private final BenchmarkRun.Setup setup;
    private final BenchmarkRun.Outside outside;
    private final Plan plan;
    private final Listener listener;
    private final PayloadStock stock;

    private final ReentrantLock lock = new ReentrantLock();
    private final Set<Answer> inTheAir = new LinkedHashSet<>();
    private StageTally tally;
    private Optional<End> end = Optional.empty();
    // When each free lane became free.
    private final ArrayDeque<Long> free = new ArrayDeque<>();
    private int launched;
    private int flying;
    private boolean pumping;
    private Timer first = () -> {};
    private volatile boolean over;

    /// How to measure.
    ///
    /// @param streams whether answers are asked for as streams
    /// @param tokens  counts what answers bring
    record Plan(SweepLimits limits, boolean streams, TokenCounter.Source tokens) {}

    /// Hears the end of a stage, once; on any thread, without a lock.
    interface Listener {
        /// The stage is over.
        ///
        /// @param firstFailure what became of the first bad answer, and what to do; empty where there is none
        void staged(Stage stage, String firstFailure);

        /// The plugin made no payloads.
        void failed(String reason);
    }

    StageRun(BenchmarkRun.Setup setup, BenchmarkRun.Outside outside, Plan plan, Listener listener) {
        this.setup = setup;
        this.outside = outside;
        this.plan = plan;
        this.listener = listener;
        this.tally = new StageTally(setup.concurrency(), outside.ticker().nanos());
        this.stock = new PayloadStock(new PayloadMaker(setup, outside, this::fail), setup.concurrency(), () -> over);
    }

    /// How a stage goes at this moment.
    ///
    /// @param rounds         finished
    /// @param unitsPerSecond since the stage began
    record Glance(int concurrency, int good, int bad, int rounds, double unitsPerSecond, Duration elapsed) {}

    /// Begins. Called once.
    void start() {
        Timer begin = outside.timers().after(Duration.ZERO, this::begin);
        lock.lock();
        try {
            first = begin;
        } finally {
            lock.unlock();
        }
    }

    private void begin() {
        stock.fill(() -> {});
        lock.lock();
        try {
            tally = new StageTally(setup.concurrency(), outside.ticker().nanos());
            long now = outside.ticker().nanos();
            while (free.size() < setup.concurrency()) {
                free.add(now);
            }
        } finally {
            lock.unlock();
        }
        pump();
        stock.fill(this::pump);
    }

    /// Ends the stage now and the model server's work on it. What was measured is handed out where it amounts to a
    /// round;
    /// the listener hears nothing any more.
    Optional<Stage> stop() {
        List<Abort> running;
        Optional<Stage> measured;
        Timer waiting;
        lock.lock();
        try {
            measured = over || !tally.hasRounds() ? Optional.empty() : Optional.of(tally.stage(end.orElse(End.CUT)));
            over = true;
            waiting = first;
            running = inTheAir.stream().map(answer -> answer.abort).toList();
            inTheAir.clear();
        } finally {
            lock.unlock();
        }
        waiting.cancel();
        running.forEach(Abort::abort);
        return measured;
    }

    Glance glance() {
        lock.lock();
        try {
            long now = outside.ticker().nanos();
            return new Glance(
                    setup.concurrency(),
                    tally.good(),
                    tally.bad(),
                    tally.rounds(),
                    tally.rate(now),
                    Duration.ofNanos(tally.elapsed(now)));
        } finally {
            lock.unlock();
        }
    }

    private void fail(String reason) {
        lock.lock();
        try {
            if (over) {
                return;
            }
            over = true;
        } finally {
            lock.unlock();
        }
        listener.failed(reason);
    }

    /// Sends a request on each free lane. One thread does at a time, and who comes meanwhile leaves its lane to it: so
    /// answers that come before `launch` returns do not nest.
    private void pump() {
        if (!beginPumping()) {
            return;
        }
        for (Optional<Answer> next = next(); next.isPresent(); next = next()) {
            Answer answer = next.get();
            answer.startedNanos = outside.ticker().nanos();
            outside.model().launch(answer.request.call(setup.server(), answer.times), answer);
        }
    }

    private boolean beginPumping() {
        lock.lock();
        try {
            boolean mine = !pumping;
            pumping = true;
            return mine;
        } finally {
            lock.unlock();
        }
    }

    private Optional<Answer> next() {
        lock.lock();
        try {
            Optional<PreparedRequest> request =
                    over || end.isPresent() || free.isEmpty() ? Optional.empty() : stock.take();
            if (request.isEmpty()) {
                pumping = false;
                return Optional.empty();
            }
            flying++;
            return Optional.of(new Answer(request.get(), free.remove(), launched++ < setup.concurrency()));
        } finally {
            lock.unlock();
        }
    }

    // The last answer of a stage that is over has ended: nothing else is in the air.
    private void settle(Stage stage, String firstFailure) {
        if (stage.end() != End.BROKEN && !(stage.throughput().unitsPerSecond() > 0)) {
            listener.failed("Benchmark failed with error: plugin '%s' prices its benchmark payloads so that %s gives %s"
                            .formatted(
                                    setup.backendId(),
                                    setup.route().path(),
                                    stage.throughput().unitsPerSecond())
                    + " units/s; a price above 0 is needed");
        } else {
            listener.staged(stage, firstFailure);
        }
    }

    /// One request of the stage, as the model server's adapter tells it.
    private final class Answer implements Exchange {
        private final PreparedRequest request;
        private final long freeNanos;
        private final boolean fills;
        private final AnswerTimes times = new AnswerTimes(outside.ticker(), plan.tokens(), new Samples());
        private long startedNanos;
        private int status;
        private long headNanos;
        private Abort abort = () -> {};

        Answer(PreparedRequest request, long freeNanos, boolean fills) {
            this.request = plan.streams() ? request.streamed() : request;
            this.freeNanos = freeNanos;
            this.fills = fills;
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
            var timing = new Timing(times.firstNanos().orElse(headNanos) - startedNanos, nanos - startedNanos);
            end(nanos, () -> {
                if (StageTally.isGood(status) && fills) {
                    tally.filled(request.units());
                } else if (StageTally.isGood(status)) {
                    tally.answered(new Answered(request.units(), timing, freeNanos, nanos), times);
                } else {
                    tally.refused(status);
                }
            });
        }

        @Override
        public void failed(ModelFailure failure) {
            end(outside.ticker().nanos(), () -> tally.failed(failure));
        }

        private void end(long nanos, Runnable count) {
            Optional<Stage> settled = Optional.empty();
            String firstFailure = "";
            lock.lock();
            try {
                inTheAir.remove(this);
                flying--;
                free.add(nanos);
                if (over) {
                    return;
                }
                if (end.isEmpty()) {
                    count.run();
                    end = tally.verdict(nanos, plan.limits());
                }
                if (end.isPresent() && flying == 0) {
                    over = true;
                    settled = Optional.of(tally.stage(end.get()));
                    firstFailure = tally.firstFailure();
                }
            } finally {
                lock.unlock();
            }
            if (settled.isPresent()) {
                settle(settled.get(), firstFailure);
            } else {
                pump();
                stock.fill(StageRun.this::pump);
            }
        }
    }
}
