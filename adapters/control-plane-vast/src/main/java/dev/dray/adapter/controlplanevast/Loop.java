package dev.dray.adapter.controlplanevast;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// A virtual thread that does one thing whenever its time has come, until it is stopped.
final class Loop {
    private static final System.Logger LOG = System.getLogger(Loop.class.getName());

    private static final Duration INTERRUPT_INTERVAL = Duration.ofMillis(20);

    private final String name;
    private final LongSupplier waitNanos;
    private final Runnable step;
    private final Doorbell bell = new Doorbell();
    private volatile @Nullable Thread thread;

    /// @param waitNanos time left until the next step; 0 or less means now; asked for anew at each [#ring()]
    Loop(String name, LongSupplier waitNanos, Runnable step) {
        this.name = name;
        this.waitNanos = waitNanos;
        this.step = step;
    }

    void start() {
        thread = Thread.ofVirtual().name(name).start(this::run);
    }

    void ring() {
        bell.ring();
    }

    /// Ends the thread: at its next wait, or by interrupt after the grace. Returns when it has ended.
    void stop(Duration grace) {
        bell.close();
        Thread running = thread;
        if (running == null) {
            return;
        }
        try {
            // Again and again: a library on the way may swallow an interrupt and carry on.
            for (Duration patience = grace; !running.join(patience); patience = INTERRUPT_INTERVAL) {
                running.interrupt();
            }
        } catch (InterruptedException e) {
            running.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (bell.await(waitNanos)) {
                step();
            }
        } catch (InterruptedException e) {
            // Only stop() interrupts, and it closes the bell first.
            Thread.currentThread().interrupt();
        }
    }

    // A fault in one step, say in a reader of the worker's state, must not silence the worker for ever.
    private void step() {
        try {
            step.run();
        } catch (RuntimeException e) {
            LOG.log(
                    Level.ERROR,
                    "step failed thread={0} hint={1}",
                    name,
                    "it goes on; please report this as a defect",
                    e);
        }
    }
}
