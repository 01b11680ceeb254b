package dev.dray.adapter.httpserver;

import dev.dray.port.outbound.Ticker;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;

/// How many connections each client address has open, against `limits.per-client-connections`.
///
/// All on the accepting thread, but [#refused()]. A connection that has ended is found by its closed socket, when its
/// client reaches the limit or every so many connections; nobody has to tell of it.
final class ClientCounts {
    private static final System.Logger LOGGER = System.getLogger(ClientCounts.class.getName());
    private static final long LOG_EVERY_NANOS = Duration.ofMinutes(1).toNanos();
    private static final int CLEAN_EVERY = 1_000;

    private final String listener;
    private final OptionalInt limit;
    private final Ticker ticker;
    private final Map<InetAddress, List<SocketChannel>> open = new HashMap<>();
    private final AtomicLong refused = new AtomicLong();
    private int sinceCleaning;
    private long refusedUntold;
    private long toldNanos;

    ClientCounts(String listener, OptionalInt limit, Ticker ticker) {
        this.listener = listener;
        this.limit = limit;
        this.ticker = ticker;
        this.toldNanos = ticker.nanos() - LOG_EVERY_NANOS;
    }

    /// Whether one more connection of its client may be; if so it is counted.
    boolean admits(SocketChannel socket) {
        if (limit.isEmpty()) {
            return true;
        }
        if (++sinceCleaning >= CLEAN_EVERY) {
            sinceCleaning = 0;
            open.values().forEach(ClientCounts::clean);
            open.values().removeIf(List::isEmpty);
        }
        InetAddress client = client(socket);
        List<SocketChannel> own = open.computeIfAbsent(client, _ -> new ArrayList<>());
        if (own.size() >= limit.getAsInt()) {
            clean(own);
        }
        if (own.size() >= limit.getAsInt()) {
            refuse(client);
            return false;
        }
        own.add(socket);
        return true;
    }

    private static InetAddress client(SocketChannel socket) {
        try {
            return ((InetSocketAddress) socket.getRemoteAddress()).getAddress();
        } catch (IOException e) {
            return InetAddress.getLoopbackAddress();
        }
    }

    private static void clean(List<SocketChannel> sockets) {
        sockets.removeIf(socket -> !socket.isOpen());
    }

    private void refuse(InetAddress client) {
        refused.incrementAndGet();
        refusedUntold++;
        long now = ticker.nanos();
        if (now - toldNanos < LOG_EVERY_NANOS) {
            return;
        }
        long count = refusedUntold;
        toldNanos = now;
        refusedUntold = 0;
        LOGGER.log(
                Level.WARNING,
                "connections refused listener={0} limit={1} count={2} last_client={3} hint={4}",
                listener,
                limit.getAsInt(),
                count,
                client.getHostAddress(),
                "limits.per-client-connections sets the limit");
    }

    /// Connections that were over the limit, since the start. Any thread.
    long refused() {
        return refused.get();
    }
}
