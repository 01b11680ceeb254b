package dev.dray.app;

import dev.dray.port.outbound.WorkerEvent;
import dev.dray.port.outbound.WorkerEvents;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import jdk.management.VirtualThreadSchedulerMXBean;

/// Replaces carrier threads that a plugin keeps: a thread that computes for ever never gives its carrier back.
///
/// The launcher starts with four more carriers than cores, so that the others go on until then.
final class Carriers implements WorkerEvents {
    private static final System.Logger LOG = System.getLogger(Carriers.class.getName());

    // A queue of the scheduler begins with room for 64.
    private static final int MOST_PUSHES = 1_024;
    private static final long PAUSE_NANOS = 50_000;

    private final VirtualThreadSchedulerMXBean scheduler =
            ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);

    @Override
    public void accept(WorkerEvent event) {
        if (event instanceof WorkerEvent.PluginWrittenOff) {
            addOne();
        }
    }

    private void addOne() {
        int wanted = scheduler.getParallelism() + 1;
        try {
            scheduler.setParallelism(wanted);
            push();
        } catch (UnsupportedOperationException | IllegalArgumentException asMany) {
            LOG.log(
                    Level.WARNING,
                    "no carrier thread more than now carriers={0} cause={1}",
                    wanted - 1,
                    asMany.toString());
        }
    }

    // The scheduler (a ForkJoinPool, JDK 25) looks whether it may have another carrier only when a task comes into an
    // empty queue or one that must grow. Where all carriers are kept, none is empty: so this lets one grow.
    private static void push() {
        var moved = new CountDownLatch(1);
        for (int i = 0; i < MOST_PUSHES && moved.getCount() > 0; i++) {
            Thread.ofVirtual().name("dray-carrier-push").start(moved::countDown);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
