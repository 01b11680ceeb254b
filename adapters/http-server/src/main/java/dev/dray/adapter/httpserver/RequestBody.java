package dev.dray.adapter.httpserver;

import dev.dray.model.Bytes;
import dev.dray.port.exchange.ClientGoneException;
import dev.dray.port.exchange.Reply;
import io.helidon.common.buffers.DataReader.InsufficientDataAvailableException;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// Reads one request's body: bounded, inflated if it is gzip, into an array that becomes the payload without a copy.
///
/// A body of announced size up to 1 MiB gets its array at once; a larger one grows as it comes, so that a client cannot
/// claim memory by announcing.
final class RequestBody implements AutoCloseable {
    private static final int FIRST_SIZE = 4 * 1024;
    private static final int TRUSTED_SIZE = 1024 * 1024;
    private static final int MAX_RATIO = 100;

    private final ServerRequest request;
    private final ClientWait wait;
    private final BodyBudget budget;
    private final long limit;
    private byte[] array = new byte[0];
    private int size;
    private long taken;
    private boolean readToEnd;

    RequestBody(ServerRequest request, ClientWait wait, BodyBudget budget, long limit) {
        this.request = request;
        this.wait = wait;
        this.budget = budget;
        this.limit = limit;
    }

    /// Leaves the reading at any depth; the outcome of [#read()] is a value.
    private static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Reply reply;

        RefusedException(Reply reply) {
            super("body refused", null, false, false);
            this.reply = reply;
        }
    }

    /// Reads the body to its end.
    ///
    /// @return the answer for a body that is refused; empty if it is complete
    /// @throws ClientGoneException if the client hung up or paused for too long
    Optional<Reply> read() {
        if (!request.content().hasEntity()) {
            readToEnd = true;
            return Optional.empty();
        }
        try {
            fill();
            return Optional.empty();
        } catch (RefusedException e) {
            return Optional.of(e.reply);
        } catch (WatchedInput.FramingException e) {
            if (request.prologue().protocolVersion().equals("2.0")) {
                throw new ClientGoneException("the stream was reset", e);
            }
            return Optional.of(ErrorReply.notChunks());
        } catch (ZipException | EOFException e) {
            return Optional.of(ErrorReply.notGzip());
        } catch (IOException | InsufficientDataAvailableException e) {
            throw new ClientGoneException("the body broke off", e);
        }
    }

    /// The body, once read.
    Bytes bytes() {
        return size == 0 ? Bytes.EMPTY : new Bytes(array, 0, size);
    }

    /// Whether nothing of the body is left on the connection.
    boolean readToEnd() {
        return readToEnd || !request.content().hasEntity();
    }

    /// Reads the rest and forgets it.
    void drop() {
        byte[] dropped = new byte[FIRST_SIZE];
        try (InputStream in = input()) {
            while (in.read(dropped) >= 0) {
                // Only its end matters.
            }
        } catch (IOException e) {
            throw new ClientGoneException("the body broke off", e);
        }
    }

    /// Gives its memory back to the budget.
    @Override
    public void close() {
        budget.give(taken);
        taken = 0;
    }

    private WatchedInput input() {
        return new WatchedInput(request.content().inputStream(), wait);
    }

    private void fill() throws IOException, RefusedException {
        long announced = request.headers().contentLength().orElse(-1);
        if (announced > limit) {
            throw new RefusedException(ErrorReply.bodyTooLarge(limit));
        }
        switch (encoding()) {
            case "identity" -> copy(input(), announced);
            case "gzip", "x-gzip" -> inflate(input());
            default -> throw new RefusedException(ErrorReply.unknownEncoding());
        }
        readToEnd = true;
    }

    /// In small letters (RFC 9110 §8.4.1); several of them together are one that nobody knows.
    private String encoding() {
        return request.headers().contains(HeaderNames.CONTENT_ENCODING)
                ? request.headers().get(HeaderNames.CONTENT_ENCODING).values().toLowerCase(Locale.ROOT)
                : "identity";
    }

    private void copy(WatchedInput in, long announced) throws IOException, RefusedException {
        reserve((int) Math.min(announced < 0 ? FIRST_SIZE : announced, TRUSTED_SIZE));
        while (size != announced && more(in)) {
            if (size == array.length && size != announced) {
                grow(announced < 0 ? limit + 1 : announced);
            }
        }
        if (announced < 0) {
            return;
        }
        // One more read, to hear of the end: Helidon then knows that the body is used up.
        if (size != announced || in.read() >= 0) {
            throw new ClientGoneException("the body ended after " + size + " of " + announced + " bytes", null);
        }
    }

    private void inflate(WatchedInput compressed) throws IOException, RefusedException {
        var in = new GZIPInputStream(compressed, FIRST_SIZE);
        reserve(FIRST_SIZE);
        while (more(in)) {
            if (size > Math.max(BodyBudget.SMALL, MAX_RATIO * compressed.count())) {
                throw new RefusedException(ErrorReply.inflatedTooFar(MAX_RATIO));
            }
            if (size == array.length) {
                grow(limit + 1);
            }
        }
        if (compressed.read() >= 0) {
            throw new ZipException("bytes after the end of the gzip stream");
        }
    }

    /// Reads what is there into the room that is left.
    private boolean more(InputStream in) throws IOException, RefusedException {
        int read = in.read(array, size, array.length - size);
        if (read < 0) {
            return false;
        }
        size += read;
        if (size > limit) {
            throw new RefusedException(ErrorReply.bodyTooLarge(limit));
        }
        return true;
    }

    private void grow(long most) throws RefusedException {
        reserve((int) Math.min(Math.max(2L * array.length, FIRST_SIZE), most));
    }

    private void reserve(int length) throws RefusedException {
        long more = length - taken;
        if (length <= BodyBudget.SMALL) {
            budget.take(more);
        } else if (!budget.takeWhenFree(more)) {
            throw new RefusedException(ErrorReply.buffersFull());
        }
        taken += more;
        array = Arrays.copyOf(array, length);
    }
}
