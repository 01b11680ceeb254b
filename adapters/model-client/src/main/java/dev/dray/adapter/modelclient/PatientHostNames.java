package dev.dray.adapter.modelclient;

import dev.dray.port.exchange.ModelFailure.Kind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Looks names up on a few threads of its own, and not for longer than a limit.
///
/// The JDK's look-up blocks in native code, which holds the carrier of a virtual thread: a handful of names whose
/// DNS server never answers would hold them all, and the worker with them.
final class PatientHostNames implements HostNames, AutoCloseable {
    private static final int THREADS = 16;
    private static final int MAX_WAITING = 256;
    private static final long IDLE_SECONDS = 10;

    private final HostNames names;
    private final Duration limit;
    private final ThreadPoolExecutor threads;

    PatientHostNames(HostNames names, Duration limit) {
        this.names = names;
        this.limit = limit;
        threads = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MAX_WAITING),
                Thread.ofPlatform().daemon().name("dray-callback-names-", 0).factory());
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public List<InetAddress> addresses(String host) throws IOException {
        Future<List<InetAddress>> found;
        try {
            found = threads.submit(() -> names.addresses(host));
        } catch (RejectedExecutionException full) {
            throw new CallException(Kind.REFUSED, "too many host names are being looked up; try again in a moment");
        }
        try {
            return found.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            found.cancel(true);
            throw new CallException(
                    Kind.REFUSED,
                    "host '" + HeadWriter.printable(host) + "' was not found within " + limit.toMillis()
                            + " ms; see whether DNS works here, or use an address");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a host name was looked up");
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException known ? known : new IOException(failed.getCause());
        }
    }

    /// Looks nothing up any more.
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
