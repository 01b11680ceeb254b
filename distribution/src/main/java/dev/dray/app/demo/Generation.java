package dev.dray.app.demo;

import dev.dray.model.RequestId;
import dev.dray.port.exchange.InboundRequest;
import dev.dray.port.exchange.Responder;
import dev.dray.port.exchange.Ticket;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// One request inside the demo model server. It pauses between tokens and wakes at once when the client hangs up.
final class Generation implements Ticket {
    private final RequestId id;
    private final InboundRequest request;
    private final Responder responder;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean cancelled;
    private boolean granted;

    Generation(RequestId id, InboundRequest request, Responder responder) {
        this.id = id;
        this.request = request;
        this.responder = responder;
    }

    @Override
    public RequestId id() {
        return id;
    }

    InboundRequest request() {
        return request;
    }

    Responder responder() {
        return responder;
    }

    void cancel() {
        lock.lock();
        try {
            cancelled = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void grant() {
        lock.lock();
        try {
            granted = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits for a slot of the server.
    ///
    /// @return false if the client hung up first
    boolean awaitSlot() {
        lock.lock();
        try {
            while (!granted && !cancelled) {
                changed.awaitUninterruptibly();
            }
            return !cancelled;
        } finally {
            lock.unlock();
        }
    }

    /// Computes for a while.
    ///
    /// @return false if the client hung up meanwhile
    boolean compute(long nanos) {
        lock.lock();
        try {
            long left = nanos;
            while (left > 0 && !cancelled) {
                left = changed.awaitNanos(left);
            }
            return !cancelled;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
