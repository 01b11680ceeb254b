package dev.dray.adapter.modelclient;

import dev.dray.port.outbound.Ticker;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/// Looks at all flights every few milliseconds and cuts those that are overdue.
///
/// One thread instead of a timed read per token: a timed read of a virtual thread schedules and cancels a timer
/// each time, and there is none at all for a write.
final class DeadlineSweep implements AutoCloseable {
    /// Time-outs are seconds; nobody minds when one comes this much late.
    private static final long PERIOD_NANOS = Duration.ofMillis(20).toNanos();

    private final Set<Flight> flights = ConcurrentHashMap.newKeySet();
    private final Ticker ticker;
    private final LongConsumer alsoEachTime;
    private final Thread thread;
    private volatile boolean closed;

    /// @param alsoEachTime given the time of each sweep
    DeadlineSweep(Ticker ticker, LongConsumer alsoEachTime) {
        this.ticker = ticker;
        this.alsoEachTime = alsoEachTime;
        thread = Thread.ofVirtual().name("dray-model-deadlines").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    void add(Flight flight) {
        flights.add(flight);
        if (closed) {
            flight.abort();
        }
    }

    void remove(Flight flight) {
        flights.remove(flight);
    }

    private void run() {
        while (!closed) {
            LockSupport.parkNanos(PERIOD_NANOS);
            long now = ticker.nanos();
            for (Flight flight : flights) {
                flight.cutIfOverdue(now);
            }
            alsoEachTime.accept(now);
        }
    }

    /// Aborts all flights, and those that come later.
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        flights.forEach(Flight::abort);
    }
}
