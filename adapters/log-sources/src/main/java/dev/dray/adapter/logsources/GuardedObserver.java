package dev.dray.adapter.logsources;

import dev.dray.port.inbound.ObserveModelLog;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/// Keeps what an observer throws from ending the reading, and keeps quiet once closed.
///
/// Called by one thread; closed by any.
final class GuardedObserver implements ObserveModelLog {
    private static final Logger LOG = System.getLogger(FollowedFile.class.getName());

    private final ObserveModelLog observer;
    private volatile boolean closed;
    private boolean warned;

    GuardedObserver(ObserveModelLog observer) {
        this.observer = observer;
    }

    void close() {
        closed = true;
    }

    boolean closed() {
        return closed;
    }

    @Override
    public void runBegan(String source) {
        tell(() -> observer.runBegan(source));
    }

    @Override
    public void line(LogLine line) {
        tell(() -> observer.line(line));
    }

    @Override
    public void caughtUp() {
        tell(observer::caughtUp);
    }

    private void tell(Runnable call) {
        if (closed) {
            return;
        }
        try {
            call.run();
        } catch (RuntimeException fault) {
            // Once: a log of a million lines must not become a million warnings.
            if (!warned) {
                warned = true;
                LOG.log(Level.WARNING, "observer of the model log failed, reading on", fault);
            }
        }
    }
}
