package dev.dray.adapter.httpserver;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The TLS handshakes that are going on: each may take as long as a request's head.
///
/// One that fails is not told of; its thread ends, and the next look forgets it.
final class Handshakes {
    private final ListenerLimits limits;
    private final Map<Thread, ClientWait> waits = new ConcurrentHashMap<>();

    Handshakes(ListenerLimits limits) {
        this.limits = limits;
    }

    /// The calling thread is about to shake hands.
    void began() {
        var wait = new ClientWait(limits);
        wait.begin(ClientWait.Kind.HEAD);
        waits.put(Thread.currentThread(), wait);
    }

    /// The calling thread has done so, if it had to.
    void ended() {
        waits.remove(Thread.currentThread());
    }

    boolean none() {
        return waits.isEmpty();
    }

    void look(long nowNanos) {
        waits.forEach((thread, wait) -> {
            wait.check(nowNanos);
            if (!thread.isAlive()) {
                waits.remove(thread);
            }
        });
    }
}
