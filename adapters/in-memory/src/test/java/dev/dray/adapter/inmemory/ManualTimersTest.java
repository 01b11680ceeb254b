package dev.dray.adapter.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.port.outbound.Timers;
import dev.dray.port.testing.TimersContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ManualTimersTest extends TimersContract {
    private final ManualTicker ticker = new ManualTicker();
    private final ManualTimers timers = new ManualTimers(ticker);

    @Override
    protected Timers timers() {
        return timers;
    }

    @Override
    protected void pass(Duration duration) {
        timers.advance(duration);
    }

    @Test
    void runsNothingBeforeItsTime() {
        var ran = new AtomicInteger();
        timers.after(Duration.ofMillis(10), ran::incrementAndGet);

        timers.advance(Duration.ofNanos(9_999_999));
        assertThat(ran).hasValue(0);

        timers.advance(Duration.ofNanos(1));
        assertThat(ran).hasValue(1);
    }

    @Test
    void showsATaskItsOwnTime() {
        List<Duration> seen = new ArrayList<>();
        timers.after(Duration.ofSeconds(1), () -> seen.add(ticker.passed()));
        timers.after(Duration.ofSeconds(5), () -> seen.add(ticker.passed()));

        timers.advance(Duration.ofSeconds(7));

        assertThat(seen).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(5));
        assertThat(ticker.passed()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void runsTasksOfTheSameMomentInTheOrderSet() {
        List<Integer> ran = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            int number = i;
            timers.after(Duration.ofSeconds(1), () -> ran.add(number));
        }

        timers.advance(Duration.ofSeconds(1));

        assertThat(ran).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    @Test
    void jumpsFromTaskToTask() {
        List<Duration> seen = new ArrayList<>();
        timers.after(Duration.ofHours(1), () -> timers.after(Duration.ofHours(1), () -> seen.add(ticker.passed())));

        assertThat(timers.untilNext()).contains(Duration.ofHours(1));
        while (timers.runNext()) {
            seen.add(ticker.passed());
        }

        assertThat(seen).containsExactly(Duration.ofHours(1), Duration.ofHours(2), Duration.ofHours(2));
        assertThat(timers.untilNext()).isEmpty();
        assertThat(timers.waiting()).isZero();
    }

    @Test
    void takesTasksFromManyThreads() throws Exception {
        var ran = new AtomicInteger();
        var set = new CountDownLatch(4);
        for (int i = 0; i < 4; i++) {
            Thread.ofVirtual().start(() -> {
                for (int j = 0; j < 500; j++) {
                    timers.after(Duration.ofMillis(j), ran::incrementAndGet);
                }
                set.countDown();
            });
        }
        set.await();

        timers.advance(Duration.ofSeconds(1));

        assertThat(ran).hasValue(2_000);
    }
}
