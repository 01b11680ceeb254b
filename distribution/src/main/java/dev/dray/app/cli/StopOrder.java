package dev.dray.app.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The order to stop: given by the first signal; a second one is the order to end at once.
///
/// Two signals of different kinds within a second are one wish: Ctrl-C reaches every process of the terminal, and a
/// parent that hears it says TERM to its children.
final class StopOrder {
    private static final long ONE_WISH_NANOS = Duration.ofSeconds(1).toNanos();

    private final AtomicReference<@Nullable Given> first = new AtomicReference<>();
    private final CountDownLatch given = new CountDownLatch(1);
    private final Runnable atOnce;

    /// @param atOnce called when the stop is not to be waited for
    StopOrder(Runnable atOnce) {
        this.atOnce = atOnce;
    }

    private record Given(String signal, long nanos) {}

    /// A signal came.
    ///
    /// @param nanos reading of the monotonic clock
    void heard(String signal, long nanos) {
        Given known = first.compareAndExchange(null, new Given(signal, nanos));
        if (known == null) {
            given.countDown();
        } else if (known.signal().equals(signal) || nanos - known.nanos() >= ONE_WISH_NANOS) {
            atOnce.run();
        }
    }

    void await() throws InterruptedException {
        given.await();
    }

    /// Waits, at most so long.
    ///
    /// @return whether the order was given
    boolean await(Duration limit) throws InterruptedException {
        return given.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }
}
