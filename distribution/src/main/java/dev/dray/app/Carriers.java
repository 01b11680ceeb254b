package dev.dray.app;

import dev.dray.port.outbound.WorkerEvent;
import dev.dray.port.outbound.WorkerEvents;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import jdk.management.VirtualThreadSchedulerMXBean;

/// Replaces carrier threads that a plugin keeps: a thread that computes for ever never gives its carrier back.
///
/// The launcher starts with four more carriers than cores, so that the others go on until then.
final class Carriers implements WorkerEvents {
    private static final System.Logger LOG = System.getLogger(Carriers.class.getName());

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
        } catch (UnsupportedOperationException | IllegalArgumentException asMany) {
            LOG.log(
                    Level.WARNING,
                    () -> "no carrier thread more than now carriers=%d cause=\"%s\"".formatted(wanted - 1, asMany));
        }
    }
}
