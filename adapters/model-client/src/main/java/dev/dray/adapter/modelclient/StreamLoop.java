package dev.dray.adapter.modelclient;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Carries the streams of one model server on one thread: waits for all of them at once, reads what has
/// come, takes the framing off and offers it to the client.
///
/// Why: a virtual thread that waits for a socket pays for each token with a read in vain, calls to epoll,
/// and the wake-up of a poller and of a carrier thread; that is more than reading and writing the token.
/// Here a token costs a read, a write and a share of one wait.
///
/// A request's own thread waits in [#ride] while there is nothing for it to do, and goes on by itself
/// where somebody has to wait: for a client that does not keep up, or for the end. Nothing here ever
/// waits for a client, so one that is slow keeps nobody else up. The thread begins with the first ride.
final class StreamLoop implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(StreamLoop.class.getName());

    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Ride> changed = new ConcurrentLinkedQueue<>();
    // All rides share it: nothing of a piece is left when the next is read.
    private final byte[] array = new byte[Connection.MAX_READ_BYTES];
    private final ByteBuffer target = ByteBuffer.wrap(array);
    private final Consumer<SelectionKey> ready = this::ready;
    private List<Ride> leaving = new ArrayList<>();
    private volatile @Nullable Selector selector;
    private volatile boolean closed;

    /// Whether it carries streams.
    boolean isOpen() {
        return !closed;
    }

    /// Waits while the rest of a stream passes by, or a part of it.
    ///
    /// @throws IOException if it broke
    void ride(Ride ride) throws IOException {
        start();
        ride.board(this);
        try {
            tell(ride);
            if (closed && ride.end(new AsynchronousCloseException())) {
                // Perhaps too late for the loop to see it.
                ride.land();
            }
            ride.awaitLanding();
        } finally {
            ride.alight();
        }
    }

    /// Something about a ride has changed: it is new, or its connection was closed. Any thread.
    void tell(Ride ride) {
        changed.add(ride);
        Selector running = selector;
        if (running != null) {
            running.wakeup();
        }
    }

    private void start() throws IOException {
        if (selector != null) {
            return;
        }
        lock.lock();
        try {
            if (selector == null && !closed) {
                Selector opened = Selector.open();
                selector = opened;
                Thread.ofPlatform().daemon().name("dray-model-streams").start(() -> run(opened));
            }
        } finally {
            lock.unlock();
        }
    }

    private void run(Selector running) {
        try {
            while (!closed) {
                awaitNews(running);
                admit(running);
                letGo(running);
            }
        } catch (IOException | RuntimeException | Error fault) {
            LOG.log(System.Logger.Level.ERROR, "the loop of model streams failed; new streams go without it", fault);
        } finally {
            closed = true;
            dismissAll(running);
        }
    }

    /// Does not wait where a ride has been told already: the selection in [#letGo] may have taken the wake-up that came
    /// with it for its own.
    void awaitNews(Selector running) throws IOException {
        if (changed.isEmpty()) {
            running.select(ready);
        } else {
            running.selectNow(ready);
        }
    }

    private void admit(Selector running) {
        for (Ride ride = changed.poll(); ride != null; ride = changed.poll()) {
            if (ride.isOver()) {
                continue;
            }
            try {
                if (ride.isOn(running)) {
                    // Told again: somebody has closed its connection.
                    throw new AsynchronousCloseException();
                }
                ride.connection().channel().register(running, SelectionKey.OP_READ, ride);
            } catch (IOException | RuntimeException broken) {
                leave(ride, broken);
            }
        }
    }

    private void ready(SelectionKey key) {
        Ride ride = (Ride) key.attachment();
        if (ride.isOver()) {
            return;
        }
        try {
            int count = ride.connection().channel().read(target.clear());
            if (ride.pass(array, count)) {
                leave(ride, null);
            }
        } catch (IOException | RuntimeException broken) {
            leave(ride, broken);
        }
    }

    private void leave(Ride ride, @Nullable Exception failure) {
        if (ride.end(failure)) {
            leaving.add(ride);
        }
    }

    /// A channel can wait by itself again only once the selector has let it go, which it does in a selection.
    private void letGo(Selector running) throws IOException {
        while (!leaving.isEmpty()) {
            List<Ride> going = leaving;
            leaving = new ArrayList<>();
            going.forEach(ride -> ride.cancel(running));
            running.selectNow(ready);
            going.forEach(Ride::land);
        }
    }

    private void dismissAll(Selector running) {
        List<Ride> all = new ArrayList<>();
        running.keys().forEach(key -> all.add((Ride) key.attachment()));
        for (Ride ride = changed.poll(); ride != null; ride = changed.poll()) {
            all.add(ride);
        }
        try {
            running.close();
        } catch (IOException fault) {
            LOG.log(System.Logger.Level.DEBUG, "selector not closed cleanly", fault);
        }
        leaving.forEach(Ride::land);
        for (Ride ride : all) {
            if (ride.end(new AsynchronousCloseException())) {
                ride.land();
            }
        }
    }

    /// Ends all rides, and those that come later, as if their connections had been closed. May be called
    /// again.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        Selector running = selector;
        if (running != null) {
            running.wakeup();
        }
    }
}
