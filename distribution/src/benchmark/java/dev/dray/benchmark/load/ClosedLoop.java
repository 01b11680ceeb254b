package dev.dray.benchmark.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;

/// So many clients, each of which asks again as soon as it has its answer. Shows how much a server can do; how long
/// users wait at some rate is shown by [OpenLoop].
public final class ClosedLoop implements Conversation {
    /// How long an answer is waited for that should have come long ago.
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int MOST_LOST = 1000;

    private final EventLoop loop;
    private final InetSocketAddress server;
    private final Requests requests;
    private final Tally tally = new Tally();
    private int lost;
    private boolean stopping;
    private int busy;

    public ClosedLoop(EventLoop loop, InetSocketAddress server, Requests requests) {
        this.loop = loop;
        this.server = server;
        this.requests = requests;
    }

    public void start(int clients) throws IOException {
        for (int i = 0; i < clients; i++) {
            ask(loop.connect(server, this));
        }
    }

    private void ask(Client client) {
        busy++;
        client.ask(requests.next(), System.nanoTime());
    }

    @Override
    public void body(Client client, ByteBuffer bytes) {
        // Only its end matters.
    }

    @Override
    public void answered(Client client) {
        busy--;
        int status = client.finish();
        if (status == 200) {
            tally.answer(System.nanoTime() - client.intended());
        } else {
            tally.error("status " + status);
        }
        if (stopping) {
            client.close();
        } else {
            ask(client);
        }
    }

    @Override
    public void lost(Client client, String why) {
        busy--;
        tally.error(why);
        if (stopping) {
            return;
        }
        if (++lost > MOST_LOST) {
            throw new IllegalStateException(
                    "%d connections to %s were lost; the last: %s".formatted(lost, server, why));
        }
        try {
            ask(loop.connect(server, this));
        } catch (IOException refused) {
            throw new UncheckedIOException("cannot connect to " + server, refused);
        }
    }

    /// Begins to count anew.
    public Tally restart() {
        tally.restart();
        return tally;
    }

    /// Asks no more and waits for what is on its way.
    public void finish() throws IOException {
        stopping = true;
        loop.run(PATIENCE, () -> busy == 0);
    }
}
