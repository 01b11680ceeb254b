package dev.dray.adapter.controlplanevast;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The HTTP client for what is posted to the platform.
///
/// Made by whoever posts first: it reads all certificates the machine trusts, which took a tenth of a start, and the
/// listeners need not wait for that. Any thread.
final class PlatformClient implements AutoCloseable {
    private final Duration connectTimeOut;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable HttpClient made;
    private boolean closed;

    PlatformClient(Duration connectTimeOut) {
        this.connectTimeOut = connectTimeOut;
    }

    /// One that sends nothing any more after [#close()].
    HttpClient get() {
        lock.lock();
        try {
            HttpClient client = made;
            if (client == null) {
                client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NORMAL)
                        .connectTimeout(connectTimeOut)
                        .executor(Executors.newThreadPerTaskExecutor(
                                Thread.ofVirtual().name("dray-platform-", 0).factory()))
                        .build();
                made = client;
            }
            if (closed) {
                client.shutdownNow();
            }
            return client;
        } finally {
            lock.unlock();
        }
    }

    /// Ends what is on its way.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (made != null) {
                made.shutdownNow();
            }
        } finally {
            lock.unlock();
        }
    }
}
