package dev.dray.adapter.httpserver;

import io.helidon.http.RequestException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A body as it comes from the client: counts the bytes, and waits for each read no longer than `body-idle`.
final class WatchedInput extends FilterInputStream {
    private final ClientWait wait;
    private long count;

    WatchedInput(InputStream in, ClientWait wait) {
        super(in);
        this.wait = wait;
    }

    /// Bytes read so far.
    long count() {
        return count;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] array, int offset, int length) throws IOException {
        wait.begin(ClientWait.Kind.BODY);
        int read = framed(array, offset, length);
        wait.done();
        count += Math.max(0, read);
        return read;
    }

    /// Helidon tells of chunks that are none, and of a stream that is reset, by exceptions of many types.
    private int framed(byte[] array, int offset, int length) throws IOException {
        try {
            return in.read(array, offset, length);
        } catch (RequestException | IllegalArgumentException e) {
            throw new FramingException(e);
        }
    }

    /// The body is not framed as its head says.
    static final class FramingException extends IOException {
        private static final long serialVersionUID = 1L;

        FramingException(RuntimeException cause) {
            super("the body's framing is broken", cause);
        }
    }
}
