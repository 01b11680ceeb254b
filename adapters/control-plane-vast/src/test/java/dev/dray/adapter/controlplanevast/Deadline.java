package dev.dray.adapter.controlplanevast;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for something that happens on another thread.
final class Deadline {
    private static final long LIMIT_NANOS = 20_000_000_000L;

    private Deadline() {}

    static void until(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > LIMIT_NANOS) {
                throw new AssertionError("did not happen within 20 s");
            }
            LockSupport.parkNanos(1_000_000);
        }
    }
}
