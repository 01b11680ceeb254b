package dev.dray.benchmark.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/// So many streams at once; one that ends is followed by another. Of each token it is known when it was made, so a
/// stream that is held up shows in every token it holds up.
public final class StreamLoad implements Conversation {
    private static final int DIGITS = 3;

    private final EventLoop loop;
    private final InetSocketAddress server;
    private final Requests requests;
    private final List<Client> clients = new ArrayList<>();
    private final Tally firstBytes = new Tally();
    private final Histogram delays = new Histogram(DIGITS);
    private long began = System.nanoTime();
    private long tokens;
    private boolean stopping;

    public StreamLoad(EventLoop loop, InetSocketAddress server, Requests requests) {
        this.loop = loop;
        this.server = server;
        this.requests = requests;
    }

    /// Opens the streams one after the other, evenly over some time.
    public void start(int streams, Duration over) throws IOException {
        long now = System.nanoTime();
        for (int i = 0; i < streams; i++) {
            Client client = loop.connect(server, this);
            clients.add(client);
            loop.at(now + over.toNanos() * i / streams, () -> ask(client));
        }
    }

    private void ask(Client client) {
        client.ask(requests.next(), System.nanoTime());
    }

    @Override
    public void body(Client client, ByteBuffer bytes) {
        long now = System.nanoTime();
        if (client.isFirstOfBody()) {
            if (client.status() == 200) {
                firstBytes.answer(now - client.intended());
            } else {
                firstBytes.error("status " + client.status());
            }
        }
        client.tokens().read(bytes, made -> {
            tokens++;
            delays.recordValue(Math.max(0, now - made));
        });
    }

    @Override
    public void answered(Client client) {
        client.finish();
        if (!stopping) {
            ask(client);
        }
    }

    @Override
    public void lost(Client client, String why) {
        if (stopping) {
            return;
        }
        firstBytes.error(why);
        clients.remove(client);
        if (firstBytes.errors() > clients.size()) {
            throw new IllegalStateException("streams of %s break: %s".formatted(server, firstBytes.firstError()));
        }
        try {
            Client next = loop.connect(server, this);
            clients.add(next);
            ask(next);
        } catch (IOException refused) {
            throw new UncheckedIOException("cannot connect to " + server, refused);
        }
    }

    /// Begins to count tokens anew; first bytes are counted from the start.
    public void restart() {
        delays.reset();
        tokens = 0;
        began = System.nanoTime();
    }

    public long tokens() {
        return tokens;
    }

    public double tokensPerSecond() {
        return tokens / ((System.nanoTime() - began) / 1e9);
    }

    /// From when a token was made to when it was here.
    public double delayMilliseconds(double percentile) {
        return delays.getValueAtPercentile(percentile) / 1e6;
    }

    /// Answers, and how long their first byte took.
    public Tally firstBytes() {
        return firstBytes;
    }

    /// Hangs up.
    public void stop() {
        stopping = true;
        clients.forEach(Client::close);
    }
}
