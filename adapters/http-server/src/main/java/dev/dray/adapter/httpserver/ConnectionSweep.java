package dev.dray.adapter.httpserver;

import dev.dray.port.outbound.Ticker;
import io.helidon.common.socket.SocketOptions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/// Looks over all connections of a listener, again and again, on one daemon thread.
///
/// It arms the watch on clients whose request takes longer than a moment, and cuts off those who keep us waiting.
/// Arming
/// for every request would cost 20 µs each; a look at a short request costs nothing, since most are gone before it.
/// While requests are open it looks every 10 ms, so that a hang-up is seen within 20 ms of a request's start and
/// at once later; else less often, and not at all where there is no connection.
final class ConnectionSweep implements Runnable {
    private static final long BUSY_NANOS = 10_000_000;
    private static final long QUIET_NANOS = 100_000_000;
    /// Looks without an open request before the pace drops: a pause between two requests is no rest.
    private static final int QUIET_AFTER = 100;

    private final Ticker ticker;
    private final Set<ClientConnection> connections = ConcurrentHashMap.newKeySet();
    private final Handshakes handshakes;
    private final AcceptedSockets accepted;
    private final ClientLoop clients;
    private final LostClients lost;
    private final Thread thread;
    private volatile boolean slow = true;
    private volatile boolean stopped;
    private volatile boolean lastRequests;

    private ConnectionSweep(ListenerSettings settings, Ticker ticker) {
        this.ticker = ticker;
        this.handshakes = new Handshakes(settings.limits());
        this.accepted = new AcceptedSockets(
                SocketOptions.builder().tcpNoDelay(true).build(),
                new ClientCounts(settings.name(), settings.limits().perClientConnections(), ticker),
                settings.limits().clientLost());
        this.lost = new LostClients(settings.limits().clientLost(), new UnansweredTries());
        this.clients = new ClientLoop(settings.name());
        this.thread = Thread.ofPlatform()
                .daemon()
                .name("dray-http-sweep-" + settings.name())
                .unstarted(this);
    }

    static ConnectionSweep start(ListenerSettings settings, Ticker ticker) {
        var sweep = new ConnectionSweep(settings, ticker);
        sweep.thread.start();
        return sweep;
    }

    AcceptedSockets accepted() {
        return accepted;
    }

    /// Waits for the clients that this sweep finds to have to wait.
    ClientLoop clients() {
        return clients;
    }

    /// The calling thread is about to shake hands in TLS; [#add(ClientConnection)] on it ends that.
    void handshakeBegan() {
        handshakes.began();
        requestBegan();
    }

    void add(ClientConnection connection) {
        handshakes.ended();
        connections.add(connection);
        if (lastRequests) {
            connection.closeAfterRequest();
        }
        requestBegan();
    }

    void remove(ClientConnection connection) {
        connections.remove(connection);
    }

    /// Called at each request's start: one volatile read, unless the sweep has slowed down.
    void requestBegan() {
        if (slow) {
            slow = false;
            LockSupport.unpark(thread);
        }
    }

    /// From now on each connection ends with the request that is open on it. Helidon tells them too, but only after it
    /// has closed the port: in between an answer would promise a connection that is about to go.
    void noFurtherRequests() {
        lastRequests = true;
        connections.forEach(ClientConnection::closeAfterRequest);
    }

    /// Cuts off everybody.
    void endAll() {
        connections.forEach(ClientConnection::cutOff);
    }

    void stop() {
        stopped = true;
        clients.stop();
        LockSupport.unpark(thread);
    }

    @Override
    public void run() {
        int quietLooks = 0;
        while (!stopped) {
            // Set before the look: a request that begins after it finds the flag and wakes us.
            boolean rests = quietLooks >= QUIET_AFTER;
            slow = rests;
            quietLooks = look() ? 0 : quietLooks + 1;
            pause(rests && quietLooks > 0);
            if (rests && !slow) {
                quietLooks = 0;
            }
        }
    }

    private void pause(boolean rests) {
        if (!rests) {
            LockSupport.parkNanos(this, BUSY_NANOS);
            return;
        }
        if (connections.isEmpty() && handshakes.none() && accepted.none()) {
            LockSupport.park(this);
            return;
        }
        LockSupport.parkNanos(this, QUIET_NANOS);
    }

    private boolean look() {
        long now = ticker.nanos();
        handshakes.look(now);
        accepted.forgetClosed();
        boolean open = false;
        for (ClientConnection connection : connections) {
            open |= connection.look(now);
        }
        if (open) {
            lost.look(now, connections);
        } else {
            lost.rest();
        }
        return open;
    }
}
