package dev.dray.e2e;

import java.util.concurrent.CountDownLatch;

/// Keeps a scripted answer waiting until the test says go.
final class Gate {
    private final CountDownLatch latch = new CountDownLatch(1);

    void open() {
        latch.countDown();
    }

    boolean isOpen() {
        return latch.getCount() == 0;
    }
}
