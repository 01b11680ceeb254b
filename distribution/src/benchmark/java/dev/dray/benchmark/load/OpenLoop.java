package dev.dray.benchmark.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/// Requests at a fixed rate, whether or not answers come. Each is timed from when it should have gone out: one that
/// found all connections busy has waited since then, so that a server that stands still for a second is seen to have
/// kept a second's requests waiting and not just one.
public final class OpenLoop implements Conversation {
    private final EventLoop loop;
    private final InetSocketAddress server;
    private final Requests requests;
    private final int mostClients;
    private final Tally tally = new Tally();
    private final Deque<Client> idle = new ArrayDeque<>();
    private final Deque<Long> overdue = new ArrayDeque<>();
    private long interval;
    private int clients;
    private boolean stopping;

    public OpenLoop(EventLoop loop, InetSocketAddress server, Requests requests, int mostClients) {
        this.loop = loop;
        this.server = server;
        this.requests = requests;
        this.mostClients = mostClients;
    }

    public void start(double perSecond) {
        interval = Math.round(TimeUnit.SECONDS.toNanos(1) / perSecond);
        due(System.nanoTime());
    }

    private void due(long time) {
        if (stopping) {
            return;
        }
        overdue.add(time);
        loop.at(time + interval, () -> due(time + interval));
        serve();
    }

    private void serve() {
        while (!overdue.isEmpty()) {
            Client client = idle.poll();
            if (client == null) {
                if (clients == mostClients) {
                    return;
                }
                client = connect();
            }
            client.ask(requests.next(), overdue.remove());
        }
    }

    private Client connect() {
        try {
            clients++;
            return loop.connect(server, this);
        } catch (IOException refused) {
            throw new UncheckedIOException("cannot connect to " + server, refused);
        }
    }

    @Override
    public void body(Client client, ByteBuffer bytes) {
        // Only its end matters.
    }

    @Override
    public void answered(Client client) {
        int status = client.finish();
        if (status == 200) {
            tally.answer(System.nanoTime() - client.intended());
        } else {
            tally.error("status " + status);
        }
        idle.add(client);
        serve();
    }

    @Override
    public void lost(Client client, String why) {
        clients--;
        // The server may close what it has not used for a while.
        if (!idle.remove(client)) {
            tally.error(why);
        }
    }

    /// Begins to count anew.
    public Tally restart() {
        tally.restart();
        return tally;
    }

    /// Lets no more fall due; what has fallen due is still asked.
    void stopAsking() {
        stopping = true;
    }

    public void stop() {
        stopping = true;
        overdue.clear();
    }

    /// Requests that are due and find no connection free.
    int waiting() {
        return overdue.size();
    }
}
