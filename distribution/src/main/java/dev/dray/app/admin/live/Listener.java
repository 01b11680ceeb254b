package dev.dray.app.admin.live;

import dev.dray.model.HeaderField;
import dev.dray.port.exchange.ClientGoneException;
import dev.dray.port.exchange.Responder;
import dev.dray.port.exchange.ResponseHead;
import dev.dray.port.outbound.Ticker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Somebody who watches the worker.
///
/// Its own thread writes what others lay out for it. What waits is bounded: a status replaces an older one, and a
/// listener that leaves too much lying, or takes too long for one piece, is cut off. Thread-safe.
public final class Listener {
    private static final int MOST_BYTES = 512 << 10;
    private static final long LONGEST_WRITE_NANOS = Duration.ofSeconds(10).toNanos();

    private static final ResponseHead HEAD = new ResponseHead(
            200,
            List.of(
                    new HeaderField("Content-Type", "text/event-stream; charset=utf-8"),
                    new HeaderField("Cache-Control", "no-store"),
                    // Proxies in between would hold small pieces back.
                    new HeaderField("X-Accel-Buffering", "no")));

    private final Ticker ticker;
    private final Consumer<Listener> onLeaving;

    // Guarded by the lock.
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Frame> waiting = new ArrayDeque<>();
    private int waitingBytes;
    private End end = End.NONE;
    private @Nullable Thread writer;
    private boolean writing;
    private long writingSince;

    /// @param onLeaving told once nothing is written any more
    Listener(Ticker ticker, Consumer<Listener> onLeaving) {
        this.ticker = ticker;
        this.onLeaving = onLeaving;
    }

    private enum End {
        NONE,
        /// Nothing more will come: what waits is written, then the answer ends in good order.
        OVER,
        /// It does not read, or has hung up.
        CUT
    }

    /// Writes events until there are no more, or nobody is there to read them. The request's own thread.
    public void run(Responder responder) {
        try {
            begin();
            responder.head(HEAD);
            responder.chunk(Frame.RETRY, 0, Frame.RETRY.length);
            for (Frame next = next(); next != null; next = next()) {
                responder.chunk(next.bytes(), 0, next.bytes().length);
            }
            finish(responder);
        } catch (ClientGoneException gone) {
            responder.breakOff();
        } catch (InterruptedException cutOff) {
            responder.breakOff();
        } finally {
            leave();
        }
    }

    private void finish(Responder responder) {
        if (isCut()) {
            responder.breakOff();
        } else {
            responder.end();
        }
    }

    private void begin() {
        lock.lock();
        try {
            writer = Thread.currentThread();
            writes(true);
        } finally {
            lock.unlock();
        }
    }

    private void leave() {
        lock.lock();
        try {
            writer = null;
            cut();
        } finally {
            lock.unlock();
        }
        // What is left of being cut off must not hit what the connection does next.
        Thread.interrupted();
        onLeaving.accept(this);
    }

    private @Nullable Frame next() throws InterruptedException {
        lock.lock();
        try {
            writes(false);
            while (waiting.isEmpty() && end == End.NONE) {
                changed.await();
            }
            Frame next = waiting.poll();
            if (next != null) {
                waitingBytes -= next.bytes().length;
                writes(true);
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    private void writes(boolean now) {
        writing = now;
        writingSince = ticker.nanos();
    }

    /// Lays an event out. Returns at once.
    void offer(Frame frame) {
        lock.lock();
        try {
            if (end != End.NONE) {
                return;
            }
            if (frame.kind() == Frame.Kind.STATUS) {
                waiting.removeIf(this::isOutdated);
            }
            if (waitingBytes + frame.bytes().length > MOST_BYTES) {
                cut();
                return;
            }
            waiting.add(frame);
            waitingBytes += frame.bytes().length;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private boolean isOutdated(Frame frame) {
        boolean outdated = frame.kind() == Frame.Kind.STATUS;
        waitingBytes -= outdated ? frame.bytes().length : 0;
        return outdated;
    }

    /// Cuts it off if it has taken too long for one piece.
    void check() {
        lock.lock();
        try {
            if (writing && ticker.nanos() - writingSince > LONGEST_WRITE_NANOS) {
                cut();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Nothing more will come.
    void over() {
        lock.lock();
        try {
            if (end == End.NONE) {
                end = End.OVER;
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /// It has hung up. Any thread; may be called again.
    public void gone() {
        lock.lock();
        try {
            cut();
        } finally {
            lock.unlock();
        }
    }

    private boolean isCut() {
        lock.lock();
        try {
            return end == End.CUT;
        } finally {
            lock.unlock();
        }
    }

    private void cut() {
        end = End.CUT;
        waiting.clear();
        waitingBytes = 0;
        changed.signal();
        if (writing && writer != null) {
            // A thread that is blocked on a socket closes it when it is interrupted, and nothing else ends that.
            writer.interrupt();
        }
    }
}
