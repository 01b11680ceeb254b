package dev.dray.domain.benchmark;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/// Requests made ahead, so that making them is no pause between an answer and the next request. Thread-safe.
final class PayloadStock {
    private final PayloadMaker maker;
    private final int size;
    private final BooleanSupplier over;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<PreparedRequest> ready = new ArrayDeque<>();
    private boolean filling;

    /// @param size requests to have ready
    /// @param over whether nobody wants any more
    PayloadStock(PayloadMaker maker, int size, BooleanSupplier over) {
        this.maker = maker;
        this.size = size;
        this.over = over;
    }

    /// The next one; empty where there is none ready.
    Optional<PreparedRequest> take() {
        lock.lock();
        try {
            return Optional.ofNullable(ready.poll());
        } finally {
            lock.unlock();
        }
    }

    /// Makes what is missing. One thread at a time does; for all others it is as good as done.
    ///
    /// @param made called after each
    void fill(Runnable made) {
        for (int missing = begin(); missing > 0; missing = more()) {
            maker.make(1, over).forEach(this::put);
            made.run();
        }
    }

    private int begin() {
        lock.lock();
        try {
            if (filling) {
                return 0;
            }
            filling = true;
        } finally {
            lock.unlock();
        }
        return more();
    }

    private int more() {
        lock.lock();
        try {
            int missing = over.getAsBoolean() ? 0 : size - ready.size();
            filling = missing > 0;
            return missing;
        } finally {
            lock.unlock();
        }
    }

    private void put(PreparedRequest made) {
        lock.lock();
        try {
            ready.add(made);
        } finally {
            lock.unlock();
        }
    }
}
