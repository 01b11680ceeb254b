package dev.dray.domain.benchmark;

import dev.dray.domain.benchmark.SweepResult.Ending;
import dev.dray.model.BenchmarkResult;
import dev.dray.port.outbound.Timers.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// The benchmark on demand: first the one that a worker runs at its start, then stages of rising concurrency until the
/// model server is saturated ([SaturationSearch]), until a limit is reached, or until it is stopped.
///
/// A stage that breaks off because too many requests failed may have met the model server's limit, or its end: one
/// request alone, a moment later, tells which. Owns no thread; its lock is held during no call to the outside.
public final class Sweep {
    // A model client's circuit breaker is half open again after a second.
    static final Duration SECOND_LOOK = Duration.ofSeconds(2);

    private final Setup setup;
    private final BenchmarkRun.Outside outside;
    private final Listener listener;
    private final SaturationSearch search;

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Stage> stages = new ArrayList<>();
    private Optional<BenchmarkResult> capacity = Optional.empty();
    private Now now = new Now.Starting();
    private boolean streams;
    private String firstFailure = "";
    private Timer limit = () -> {};
    private boolean over;

    /// What to measure.
    ///
    /// @param benchmark what the worker measures at its start
    /// @param streams   whether to ask for streams, where the model server makes them
    /// @param tokens    counts what answers bring
    public record Setup(
            BenchmarkRun.Setup benchmark, SweepLimits limits, boolean streams, TokenCounter.Source tokens) {}

    /// Hears of a sweep; on any thread, without a lock.
    public interface Listener {
        /// The worker's own benchmark ended with a capacity.
        void measured(BenchmarkResult result);

        /// A stage ended.
        void staged(Stage stage);

        /// All is over; the last call.
        void ended(SweepResult result);
    }

    private sealed interface Now {
        record Starting() implements Now {}

        record Measuring(BenchmarkRun run, SweepProgress.Capacity progress) implements Now {}

        record Trying(Trial trial) implements Now {}

        record Staging(StageRun run) implements Now {}
    }

    public Sweep(Setup setup, BenchmarkRun.Outside outside, Listener listener) {
        this.setup = setup;
        this.outside = outside;
        this.listener = listener;
        this.search = new SaturationSearch(setup.limits().concurrency());
    }

    /// Begins. Called once.
    public void start() {
        Timer set = outside.timers().after(setup.limits().total(), () -> finish(Ending.OUT_OF_BUDGET, ""));
        lock.lock();
        try {
            limit = set;
        } finally {
            lock.unlock();
        }
        var run = new BenchmarkRun(setup.benchmark(), outside, new Capacity());
        if (begin(new Now.Measuring(run, new SweepProgress.Capacity(0, 0, OptionalDouble.empty())))) {
            run.start();
        }
    }

    /// Ends it with what was measured so far. May be called again, and after the end; then nothing happens.
    public void stop() {
        finish(Ending.STOPPED, "");
    }

    /// How it goes.
    public SweepProgress progress() {
        return switch (current()) {
            case Now.Measuring(BenchmarkRun _, SweepProgress.Capacity progress) -> progress;
            case Now.Staging(StageRun run) -> staging(run.glance());
            case Now.Starting _, Now.Trying _ -> new SweepProgress.Trying();
        };
    }

    private Now current() {
        lock.lock();
        try {
            return now;
        } finally {
            lock.unlock();
        }
    }

    private SweepProgress staging(StageRun.Glance glance) {
        double time =
                (double) glance.elapsed().toNanos() / setup.limits().stage().toNanos();
        double rounds = glance.rounds() / (double) StageTally.MOST_ROUNDS;
        double share = Math.min(1, Math.max(time, rounds));
        return new SweepProgress.Staging(
                glance.concurrency(), glance.good(), glance.bad(), glance.unitsPerSecond(), share, count());
    }

    private int count() {
        lock.lock();
        try {
            return stages.size();
        } finally {
            lock.unlock();
        }
    }

    private boolean begin(Now next) {
        lock.lock();
        try {
            if (!over) {
                now = next;
            }
            return !over;
        } finally {
            lock.unlock();
        }
    }

    private void tryStream() {
        trial(true, Duration.ZERO, result -> {
            if (result instanceof Trial.Result.NoPayload(String reason)) {
                finish(Ending.FAILED, reason);
            } else {
                nextStage(result instanceof Trial.Result.Good(boolean stream) && stream);
            }
        });
    }

    private void lookAgain(Stage broken) {
        trial(streams, SECOND_LOOK, result -> {
            switch (result) {
                case Trial.Result.Good _ -> nextStage(streams);
                case Trial.Result.Bad(String reason) ->
                    finish(
                            Ending.FAILED,
                            "with %d requests at once too many failed, and then one alone failed too: %s"
                                    .formatted(broken.concurrency(), reason));
                case Trial.Result.NoPayload(String reason) -> finish(Ending.FAILED, reason);
            }
        });
    }

    private void trial(boolean stream, Duration pause, Consumer<Trial.Result> done) {
        var trial = new Trial(setup.benchmark(), outside, plan(stream), done);
        if (begin(new Now.Trying(trial))) {
            trial.after(pause);
        }
    }

    private StageRun.Plan plan(boolean stream) {
        return new StageRun.Plan(setup.limits(), stream, setup.tokens());
    }

    private void nextStage(boolean stream) {
        OptionalInt next;
        lock.lock();
        try {
            streams = stream;
            next = search.next(SaturationSearch.points(stages, setup.limits()));
        } finally {
            lock.unlock();
        }
        if (next.isEmpty()) {
            finish(Ending.COMPLETE, "");
            return;
        }
        BenchmarkRun.Setup one = setup.benchmark();
        var run = new StageRun(
                new BenchmarkRun.Setup(one.backendId(), one.server(), one.route(), one.plan(), next.getAsInt()),
                outside,
                plan(stream),
                new Stages());
        if (begin(new Now.Staging(run))) {
            run.start();
        }
    }

    private void finish(Ending ending, String reason) {
        SweepResult result;
        Now last;
        lock.lock();
        try {
            if (over) {
                return;
            }
            over = true;
            last = now;
        } finally {
            lock.unlock();
        }
        limit.cancel();
        Optional<Stage> cut = end(last);
        lock.lock();
        try {
            cut.ifPresent(stages::add);
            result = SweepResult.of(
                    new SweepResult.End(ending, reason, firstFailure), capacity, stages, streams, setup.limits());
        } finally {
            lock.unlock();
        }
        listener.ended(result);
    }

    private static Optional<Stage> end(Now last) {
        return switch (last) {
            case Now.Starting _ -> Optional.empty();
            case Now.Measuring(BenchmarkRun run, SweepProgress.Capacity _) -> {
                run.abort();
                yield Optional.empty();
            }
            case Now.Trying(Trial trial) -> {
                trial.stop();
                yield Optional.empty();
            }
            case Now.Staging(StageRun run) -> run.stop();
        };
    }

    private final class Capacity implements BenchmarkRun.Listener {
        @Override
        public void progressed(int round, int maxRounds, OptionalDouble unitsPerSecond) {
            lock.lock();
            try {
                if (now instanceof Now.Measuring(BenchmarkRun run, SweepProgress.Capacity _)) {
                    now = new Now.Measuring(run, new SweepProgress.Capacity(round, maxRounds, unitsPerSecond));
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void measured(BenchmarkResult result) {
            lock.lock();
            try {
                if (over) {
                    return;
                }
                capacity = Optional.of(result);
            } finally {
                lock.unlock();
            }
            listener.measured(result);
            if (setup.streams()) {
                tryStream();
            } else {
                nextStage(false);
            }
        }

        @Override
        public void failed(String reason) {
            finish(Ending.FAILED, reason);
        }
    }

    private final class Stages implements StageRun.Listener {
        @Override
        public void staged(Stage stage, String failure) {
            lock.lock();
            try {
                if (over) {
                    return;
                }
                stages.add(stage);
                firstFailure = firstFailure.isEmpty() ? failure : firstFailure;
            } finally {
                lock.unlock();
            }
            listener.staged(stage);
            if (stage.end() == Stage.End.BROKEN) {
                lookAgain(stage);
            } else {
                nextStage(streams);
            }
        }

        @Override
        public void failed(String reason) {
            finish(Ending.FAILED, reason);
        }
    }
}
