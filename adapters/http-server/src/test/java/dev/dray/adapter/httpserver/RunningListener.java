package dev.dray.adapter.httpserver;

import java.time.Duration;
import java.util.Optional;

/// A listener on any free port, closed with the test.
record RunningListener(HttpListener listener) implements AutoCloseable {
    static RunningListener of(ScriptedGate gate) {
        return of(gate, ListenerLimits.standard());
    }

    static RunningListener of(ScriptedGate gate, ListenerLimits limits) {
        return of(gate, new ListenerSettings("test", "127.0.0.1", 0, limits, Optional.empty()));
    }

    static RunningListener of(ScriptedGate gate, ListenerSettings settings) {
        return new RunningListener(HttpListener.start(settings, gate, System::nanoTime));
    }

    RawClient client() {
        return new RawClient(listener.port());
    }

    @Override
    public void close() {
        listener.close(Duration.ZERO);
    }
}
