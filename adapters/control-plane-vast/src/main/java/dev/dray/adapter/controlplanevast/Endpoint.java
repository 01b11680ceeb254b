package dev.dray.adapter.controlplanevast;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/// One path at one address of the platform. Logs when it goes down and when it is back, not every failure between.
final class Endpoint {
    private static final System.Logger LOG = System.getLogger(Endpoint.class.getName());

    private final String address;
    private final URI uri;
    private final AtomicBoolean down = new AtomicBoolean();

    Endpoint(String address, String path) {
        this.address = address;
        this.uri = URI.create(address + path);
    }

    String address() {
        return address;
    }

    HttpRequest.Builder request() {
        return HttpRequest.newBuilder(uri);
    }

    /// Sends and waits for the whole answer, as long as the request's time-out says.
    ///
    /// @param reader makes something of a 2xx answer's body
    /// @throws UncheckedIOException if none came in time, its status is not 2xx (then the cause is a
    ///     [RefusedException]), or the reader cannot make anything of it
    <B, T> T exchange(HttpClient client, HttpRequest request, HttpResponse.BodyHandler<B> body, Reader<B, T> reader) {
        try {
            HttpResponse<B> response =
                    complete(client.sendAsync(request, body), request.timeout().orElseThrow());
            if (response.statusCode() / 100 != 2) {
                throw new RefusedException(response.statusCode());
            }
            T result = reader.read(response.body());
            if (down.compareAndSet(true, false)) {
                LOG.log(Level.INFO, "platform answers again url={0}", uri);
            }
            return result;
        } catch (IOException e) {
            if (!(e instanceof InterruptedIOException) && down.compareAndSet(false, true)) {
                LOG.log(
                        Level.WARNING,
                        "platform does not take our request url={0} cause={1} hint={2}",
                        uri,
                        cause(e),
                        "it is tried again until it does; check REPORT_ADDR, MASTER_TOKEN and the network");
            }
            throw new UncheckedIOException(e);
        }
    }

    /// In words: many I/O exceptions have no message.
    static String cause(IOException e) {
        String message = e.getMessage();
        if (message != null) {
            return message;
        }
        return e instanceof ConnectException ? noConnection(e) : e.getClass().getSimpleName();
    }

    // The client does not say whether it was refused: its last cause is the channel that it has closed itself.
    private static String noConnection(Throwable fault) {
        for (Throwable each = fault; each != null; each = each.getCause()) {
            if (each instanceof UnresolvedAddressException) {
                return "no connection: the host's name has no address";
            }
        }
        return "no connection: nothing listens there, or no way leads there";
    }

    // The client's own time-out ends with the answer's head; a body that never ends must not hold us.
    private static <T> HttpResponse<T> complete(CompletableFuture<HttpResponse<T>> answer, Duration timeOut)
            throws IOException {
        try {
            return answer.get(timeOut.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException("request failed", e.getCause());
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException("no answer within " + timeOut.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    /// Makes something of an answer's body.
    @FunctionalInterface
    interface Reader<B, T> {
        T read(B body) throws IOException;
    }

    /// The platform answered, but not with 2xx.
    static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;

        private final int status;

        RefusedException(int status) {
            super("answered " + status);
            this.status = status;
        }

        /// Whether the same words will be refused again: 4xx, but for those that mean "later".
        boolean isFinal() {
            return status / 100 == 4 && status != 408 && status != 425 && status != 429;
        }
    }
}
