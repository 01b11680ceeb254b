package dev.dray.app.cli;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The order to stop: given by the first signal, or by the worker itself; a second signal is the order to end at once.
///
/// Two signals of different kinds within a second are one wish: Ctrl-C reaches every process of the terminal,
/// and a parent that hears it says TERM to its children. So are two of a kind in the same moment: who signals a
/// whole group of processes reaches this one by itself, and again through a wrapper that passes signals on.
final class StopOrder {
    private static final long SAME_WISH_NANOS = Duration.ofMillis(30).toNanos();
    private static final long ANOTHER_KIND_NANOS = Duration.ofSeconds(1).toNanos();

    private final AtomicReference<@Nullable Given> first = new AtomicReference<>();
    private final CountDownLatch signalled = new CountDownLatch(1);
    private final CompletableFuture<Boolean> given = new CompletableFuture<>();
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
            signalled.countDown();
            given.complete(true);
        } else if (nanos - known.nanos() >= oneWish(known, signal)) {
            atOnce.run();
        }
    }

    private static long oneWish(Given known, String signal) {
        return known.signal().equals(signal) ? SAME_WISH_NANOS : ANOTHER_KIND_NANOS;
    }

    /// The worker cannot go on, whatever anybody wishes.
    void fail() {
        given.complete(false);
    }

    /// Waits for the order.
    ///
    /// @return whether it was a signal; else the worker cannot go on
    boolean await() {
        return given.join();
    }

    /// Completes with the order.
    CompletableFuture<Boolean> order() {
        return given;
    }

    /// Waits, at most so long.
    ///
    /// @return whether a signal came
    boolean await(Duration limit) throws InterruptedException {
        return signalled.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }
}
