package dev.dray.port.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.port.outbound.Timers;
import dev.dray.port.outbound.Timers.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// What every [Timers] promises.
///
/// Real timers may be late by any amount, so that a task that did run is waited for, and that one does not run is
/// looked at behind a later one that did.
public abstract class TimersContract {
    private static final long DEADLINE_SECONDS = 20;
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofMillis(60);

    /// The timers under test; the same ones on each call within a test.
    protected abstract Timers timers();

    /// Lets that much time pass: a virtual clock is moved, for a real one there is nothing to do.
    protected abstract void pass(Duration duration) throws Exception;

    @Test
    void runsATaskWhenItsTimeHasCome() throws Exception {
        var done = new CountDownLatch(1);

        timers().after(SHORT, done::countDown);
        pass(SHORT);

        await(done);
    }

    @Test
    void runsATaskWithoutDelayToo() throws Exception {
        var done = new CountDownLatch(1);

        timers().after(Duration.ZERO, done::countDown);
        pass(Duration.ZERO);

        await(done);
    }

    @Test
    void neverRunsATaskInsideTheCallThatSetsIt() throws Exception {
        var inside = new AtomicBoolean(true);
        var caller = Thread.currentThread();
        var ranInside = new AtomicBoolean();
        var done = new CountDownLatch(1);

        timers().after(Duration.ZERO, () -> {
            ranInside.set(Thread.currentThread() == caller && inside.get());
            done.countDown();
        });
        inside.set(false);
        pass(Duration.ZERO);

        await(done);
        assertThat(ranInside).isFalse();
    }

    @Test
    void runsTasksInTheOrderOfTheirTimes() throws Exception {
        List<String> ran = new CopyOnWriteArrayList<>();
        var done = new CountDownLatch(2);

        timers().after(LONG, () -> note(ran, "later", done));
        timers().after(Duration.ZERO, () -> note(ran, "sooner", done));
        pass(LONG);

        await(done);
        assertThat(ran).containsExactly("sooner", "later");
    }

    @Test
    void dropsACancelledTask() throws Exception {
        List<String> ran = new CopyOnWriteArrayList<>();
        var done = new CountDownLatch(1);

        Timer dropped = timers().after(SHORT, () -> ran.add("dropped"));
        timers().after(LONG, () -> note(ran, "kept", done));
        dropped.cancel();
        dropped.cancel();
        pass(LONG);

        await(done);
        assertThat(ran).containsExactly("kept");
    }

    @Test
    void mayBeCancelledAfterItRan() throws Exception {
        var done = new CountDownLatch(1);
        Timer timer = timers().after(Duration.ZERO, done::countDown);
        pass(Duration.ZERO);
        await(done);

        timer.cancel();
    }

    @Test
    void runsWhatATaskSets() throws Exception {
        var done = new CountDownLatch(1);

        timers().after(SHORT, () -> timers().after(SHORT, done::countDown));
        pass(LONG);

        await(done);
    }

    private static void note(List<String> ran, String what, CountDownLatch done) {
        ran.add(what);
        done.countDown();
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertThat(latch.await(DEADLINE_SECONDS, TimeUnit.SECONDS))
                .as("task ran within %d s", DEADLINE_SECONDS)
                .isTrue();
    }
}
