package dev.dray.app;

import dev.dray.port.outbound.WorkerEvent;
import dev.dray.port.outbound.WorkerEvents;
import java.util.List;

/// Tells every listener what happened; a listener that throws is logged and keeps nobody else from hearing it.
final class EventFanOut implements WorkerEvents {
    private static final System.Logger LOG = System.getLogger(EventFanOut.class.getName());

    private final List<WorkerEvents> listeners;

    EventFanOut(List<WorkerEvents> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public void accept(WorkerEvent event) {
        for (WorkerEvents listener : listeners) {
            try {
                listener.accept(event);
            } catch (RuntimeException fault) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        "listener failed listener={0} event={1}",
                        listener.getClass().getSimpleName(),
                        event.getClass().getSimpleName(),
                        fault);
            }
        }
    }
}
