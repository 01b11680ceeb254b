package dev.dray.adapter.httpserver;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Waits on one thread for all clients whose request takes longer than a moment: that they hang up or
/// send more, and that one which did not keep up takes bytes again.
///
/// A thread for each of them would hold its stack and a buffer of 8 KB while nothing happens. It begins
/// with the first client it waits for.
final class ClientLoop {
    private static final System.Logger LOGGER = System.getLogger(ClientLoop.class.getName());
    private static final int READ_BYTES = 16 * 1024;

    private final String name;
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<ChannelWatch> changed = new ConcurrentLinkedQueue<>();
    private final ByteBuffer target = ByteBuffer.allocate(READ_BYTES);
    private final Consumer<SelectionKey> ready = this::ready;
    private List<ChannelWatch> changing = new ArrayList<>();
    private volatile @Nullable Selector selector;
    private volatile boolean stopped;

    /// @param listener whose clients these are
    ClientLoop(String listener) {
        this.name = listener;
    }

    /// What is waited for on a channel has changed; once the loop has ended, the channel is closed. Any thread.
    void tell(ChannelWatch watch) {
        changed.add(watch);
        if (stopped) {
            leaveChanged();
            return;
        }
        Selector running = running();
        if (running != null) {
            running.wakeup();
        }
    }

    /// The channel was closed: the selector has to let it go. Any thread.
    void tellClosed(ChannelWatch watch) {
        if (selector != null && !stopped) {
            tell(watch);
        }
    }

    /// Whether it waits for anybody.
    boolean isOpen() {
        return !stopped;
    }

    void stop() {
        lock.lock();
        try {
            stopped = true;
        } finally {
            lock.unlock();
        }
        Selector running = selector;
        if (running != null) {
            running.wakeup();
        }
    }

    private @Nullable Selector running() {
        if (selector == null) {
            begin();
        }
        return selector;
    }

    private void begin() {
        lock.lock();
        try {
            if (selector == null && !stopped) {
                Selector opened = Selector.open();
                selector = opened;
                Thread.ofPlatform().daemon().name("dray-http-clients-" + name).start(() -> run(opened));
            }
        } catch (IOException fault) {
            LOGGER.log(Level.ERROR, "clients that hang up are not seen listener={0}", name, fault);
        } finally {
            lock.unlock();
        }
    }

    private void run(Selector running) {
        try {
            while (!stopped) {
                awaitNews(running);
                changeInterests(running);
                tellAll(running);
            }
        } catch (IOException | RuntimeException | Error fault) {
            LOGGER.log(Level.ERROR, "clients that hang up are not seen any more listener={0}", name, fault);
        } finally {
            stopped = true;
            leaveAll(running);
        }
    }

    /// Does not wait where something has changed already: the selection in [#tellAll] may have taken the wake-up that
    /// came with it for its own.
    private void awaitNews(Selector running) throws IOException {
        if (changed.isEmpty()) {
            running.select(ready);
        } else {
            running.selectNow(ready);
        }
    }

    /// Nobody will wait for these any more, so they are closed.
    private void leaveAll(Selector running) {
        var all = new ArrayList<ChannelWatch>(changing);
        running.keys().forEach(key -> all.add((ChannelWatch) key.attachment()));
        all.forEach(ChannelWatch::abandon);
        leaveChanged();
        try {
            running.close();
        } catch (IOException e) {
            LOGGER.log(Level.DEBUG, "selector not closed cleanly listener={0}", name, e);
        }
    }

    private void leaveChanged() {
        for (ChannelWatch watch = changed.poll(); watch != null; watch = changed.poll()) {
            watch.abandon();
        }
    }

    private void changeInterests(Selector running) {
        for (ChannelWatch watch = changed.poll(); watch != null; watch = changed.poll()) {
            try {
                watch.waitIn(running);
            } catch (IOException | RuntimeException gone) {
                // Closed meanwhile: whoever did that knows.
                watch.gone();
            }
        }
    }

    private void ready(SelectionKey key) {
        var watch = (ChannelWatch) key.attachment();
        try {
            if (key.isWritable()) {
                watch.writable(key);
            }
            if (key.isReadable()) {
                read(watch, key);
            }
            if (watch.hasNews()) {
                changing.add(watch);
            }
        } catch (CancelledKeyException closed) {
            watch.gone();
        }
    }

    private void read(ChannelWatch watch, SelectionKey key) {
        byte[] bytes;
        try {
            int count = watch.channel().read(target.clear());
            if (count == 0) {
                return;
            }
            bytes = count < 0 ? null : Arrays.copyOf(target.array(), count);
        } catch (IOException reset) {
            bytes = null;
        }
        watch.readable(key, bytes);
    }

    /// A channel can wait by itself again only once the selector has let it go, which it does in a selection.
    private void tellAll(Selector running) throws IOException {
        while (!changing.isEmpty()) {
            List<ChannelWatch> told = changing;
            changing = new ArrayList<>();
            told.forEach(watch -> watch.cancel(running));
            running.selectNow(ready);
            told.forEach(ChannelWatch::tell);
        }
    }
}
