package dev.dray.adapter.inmemory;

import dev.dray.port.outbound.WorkerEvent;
import dev.dray.port.outbound.WorkerEvent.RequestEnded;
import dev.dray.port.outbound.WorkerEvent.RequestRecord;
import dev.dray.port.outbound.WorkerEvents;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Writes down everything that happens in the worker, in the order it was told.
public final class RecordingEvents implements WorkerEvents {
    private final List<WorkerEvent> events = new CopyOnWriteArrayList<>();

    @Override
    public void accept(WorkerEvent event) {
        events.add(event);
    }

    /// All events so far.
    public List<WorkerEvent> all() {
        return List.copyOf(events);
    }

    /// The events of one kind so far.
    public <E extends WorkerEvent> List<E> of(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /// What became of the requests that have ended.
    public List<RequestRecord> ended() {
        return of(RequestEnded.class).stream().map(RequestEnded::request).toList();
    }

    /// Forgets what was told so far.
    public void clear() {
        events.clear();
    }
}
