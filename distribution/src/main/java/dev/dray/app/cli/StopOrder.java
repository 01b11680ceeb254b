package dev.dray.app.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The order to stop: given by the first signal; a second one is the order to end at once.
///
/// Two signals of different kinds within a second are one wish: Ctrl-C reaches every process of the terminal,
/// and a parent that hears it says TERM to its children. So are two of a kind in the same moment: who signals a
/// whole group of processes reaches this one by itself, and again through a wrapper that passes signals on.
final class StopOrder {
    private static final long SAME_WISH_NANOS = Duration.ofMillis(30).toNanos();
    private static final long ANOTHER_KIND_NANOS = Duration.ofSeconds(1).toNanos();

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
        } else if (nanos - known.nanos() >= oneWish(known, signal)) {
            atOnce.run();
        }
    }

    private static long oneWish(Given known, String signal) {
        return known.signal().equals(signal) ? SAME_WISH_NANOS : ANOTHER_KIND_NANOS;
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
