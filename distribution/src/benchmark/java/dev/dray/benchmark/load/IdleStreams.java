package dev.dray.benchmark.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// Streams that are open and say nothing after their first token, or whose clients have ceased to read.
public final class IdleStreams implements Conversation {
    // As many as any server takes at once.
    private static final int BATCH = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final EventLoop loop;
    private final InetSocketAddress server;
    private final List<Client> clients = new ArrayList<>();
    private final boolean stall;
    private final Tally failures = new Tally();
    private int open;

    private IdleStreams(EventLoop loop, InetSocketAddress server, boolean stall) {
        this.loop = loop;
        this.server = server;
        this.stall = stall;
    }

    /// Streams whose clients read whatever comes.
    public static IdleStreams reading(EventLoop loop, InetSocketAddress server) {
        return new IdleStreams(loop, server, false);
    }

    /// Streams whose clients read the first bytes and then nothing more.
    public static IdleStreams stalled(EventLoop loop, InetSocketAddress server) {
        return new IdleStreams(loop, server, true);
    }

    /// Opens more until there were so many, a few at a time, and waits until each is open or has failed.
    ///
    /// @param request by the number of the stream, from 0
    /// @throws IOException where the server keeps one of them waiting
    public void openUpTo(int count, IntFunction<Requests> request) throws IOException {
        for (int i = clients.size(); i < count; i++) {
            Client client = loop.connect(server, this);
            clients.add(client);
            client.ask(request.apply(i).next(), System.nanoTime());
            if (i % BATCH == 0) {
                awaitOpen(i + 1);
            }
        }
        awaitOpen(count);
    }

    private void awaitOpen(int count) throws IOException {
        if (!loop.run(PATIENCE, () -> open + failures.errors() >= count)) {
            throw new IOException(
                    "only %,d of %,d streams are open after %d s".formatted(open, count, PATIENCE.toSeconds()));
        }
    }

    /// Streams whose first bytes have come and that have not ended since.
    public int openCount() {
        return open;
    }

    /// What went wrong with the others.
    public Tally failures() {
        return failures;
    }

    /// Hangs up on one, in the order they were opened.
    ///
    /// @return when, of `System.nanoTime`
    public long hangUp(int number) {
        long now = System.nanoTime();
        clients.get(number).close();
        open--;
        return now;
    }

    @Override
    public void body(Client client, ByteBuffer bytes) {
        if (!client.isFirstOfBody()) {
            return;
        }
        if (client.status() != 200) {
            failures.error("status " + client.status());
            return;
        }
        open++;
        if (stall) {
            client.stall();
        }
    }

    @Override
    public void answered(Client client) {
        lost(client, "it ended with status " + client.status());
    }

    @Override
    public void lost(Client client, String why) {
        open--;
        failures.error(why);
    }
}
