package dev.dray.domain.benchmark;

import dev.dray.port.exchange.Abort;
import dev.dray.port.exchange.Exchange;
import dev.dray.port.exchange.ModelFailure;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// One request alone: whether the model server streams its answers, or whether it is still there.
final class Trial {
    private final BenchmarkRun.Setup setup;
    private final BenchmarkRun.Outside outside;
    private final StageRun.Plan plan;
    private final Consumer<Result> done;

    private final ReentrantLock lock = new ReentrantLock();
    private Abort abort = () -> {};
    private boolean over;

    /// What came of it.
    sealed interface Result {
        /// An answer with status 200.
        record Good(boolean stream) implements Result {}

        /// Anything else.
        ///
        /// @param reason for a person: what came, and what to do
        record Bad(String reason) implements Result {}

        /// The plugin made no payload.
        record NoPayload(String reason) implements Result {}
    }

    /// @param done called once, on any thread, without a lock
    Trial(BenchmarkRun.Setup setup, BenchmarkRun.Outside outside, StageRun.Plan plan, Consumer<Result> done) {
        this.setup = setup;
        this.outside = outside;
        this.plan = plan;
        this.done = done;
    }

    /// Sends it after a while.
    void after(Duration pause) {
        outside.timers().after(pause, this::send);
    }

    private void send() {
        var maker = new PayloadMaker(setup, outside, reason -> tell(new Result.NoPayload(reason)));
        for (PreparedRequest made : maker.make(1, this::isOver)) {
            PreparedRequest request = plan.streams() ? made.streamed() : made;
            var times = new AnswerTimes(outside.ticker(), plan.tokens(), new Samples());
            outside.model().launch(request.call(setup.server(), times), new Answer(times));
        }
    }

    /// Ends it; nothing is told any more.
    void stop() {
        Abort running;
        lock.lock();
        try {
            over = true;
            running = abort;
        } finally {
            lock.unlock();
        }
        running.abort();
    }

    private boolean isOver() {
        lock.lock();
        try {
            return over;
        } finally {
            lock.unlock();
        }
    }

    private void tell(Result result) {
        lock.lock();
        try {
            if (over) {
                return;
            }
            over = true;
            abort = () -> {};
        } finally {
            lock.unlock();
        }
        done.accept(result);
    }

    private final class Answer implements Exchange {
        private final AnswerTimes times;
        private int status;

        Answer(AnswerTimes times) {
            this.times = times;
        }

        @Override
        public void begun(Abort way) {
            lock.lock();
            try {
                if (!over) {
                    abort = way;
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
        }

        @Override
        public void ended() {
            if (StageTally.isGood(status)) {
                tell(new Result.Good(times.isStream()));
                return;
            }
            var endings = new Endings();
            endings.status(status);
            tell(new Result.Bad(endings.first()));
        }

        @Override
        public void failed(ModelFailure failure) {
            tell(new Result.Bad(failure.message()));
        }
    }
}
