package dev.dray.benchmark.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Runs clients and alarms on the thread that calls [#run]. Nothing happens between two calls, so whoever measures
/// can look at the clock and at processes there.
public final class EventLoop implements AutoCloseable {
    private static final int READ_BUFFER = 256 * 1024;

    private final Selector selector;
    private final Waker waker;
    private final ByteBuffer in = ByteBuffer.allocateDirect(READ_BUFFER);
    private final PriorityQueue<Alarm> alarms = new PriorityQueue<>(Comparator.comparingLong(Alarm::nanos));

    private record Alarm(long nanos, Runnable action) {}

    private EventLoop(Selector selector) {
        this.selector = selector;
        this.waker = new Waker(selector::wakeup);
    }

    public static EventLoop open() throws IOException {
        return new EventLoop(Selector.open());
    }

    Client connect(InetSocketAddress server, Conversation conversation) throws IOException {
        return new Client(selector, server, conversation);
    }

    /// Calls an action on the loop's thread at a time of `System.nanoTime`, or as soon after it as can be.
    void at(long nanos, Runnable action) {
        alarms.add(new Alarm(nanos, action));
    }

    /// Runs for some time.
    public void run(Duration time) throws IOException {
        run(time, () -> false);
    }

    /// Runs until something has come about, or for some time.
    ///
    /// @return whether it has
    public boolean run(Duration most, BooleanSupplier done) throws IOException {
        long end = System.nanoTime() + most.toNanos();
        while (!done.getAsBoolean()) {
            long now = System.nanoTime();
            if (now - end >= 0) {
                return false;
            }
            long next = ring(now, end);
            await(next - System.nanoTime(), next);
        }
        return true;
    }

    // Calls what is due, and gives the time of what is next.
    private long ring(long now, long end) {
        Alarm first = alarms.peek();
        while (first != null && first.nanos() <= now) {
            alarms.poll();
            first.action().run();
            first = alarms.peek();
        }
        return first == null ? end : Math.min(end, first.nanos());
    }

    // The selector counts in milliseconds; the rest is the waker's.
    private void await(long nanos, long until) throws IOException {
        if (nanos <= 0) {
            selector.selectNow(this::ready);
        } else if (nanos > TimeUnit.MILLISECONDS.toNanos(2)) {
            selector.select(this::ready, TimeUnit.NANOSECONDS.toMillis(nanos) - 1);
        } else {
            waker.wakeAt(until);
            selector.select(this::ready);
        }
    }

    private void ready(SelectionKey key) {
        if (key.isValid() && key.attachment() instanceof Client client) {
            client.ready(in);
        }
    }

    @Override
    public void close() throws IOException {
        waker.close();
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
