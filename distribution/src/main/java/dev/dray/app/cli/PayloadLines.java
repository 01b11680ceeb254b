package dev.dray.app.cli;

import dev.dray.model.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// Reads a file line by line as bytes: a payload must not be changed by a decoder, and a million of them
/// not be held.
final class PayloadLines {
    private static final int BUFFER = 1 << 16;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int next;
    private int end;

    PayloadLines(InputStream in) {
        this.in = in;
    }

    /// The next line without its end; empty where there is none. What follows the last line end counts
    /// as a line only if it is not empty.
    Optional<Bytes> next() throws IOException {
        var line = new ByteArrayOutputStream();
        boolean any = false;
        while (next < end || fill()) {
            any = true;
            int at = next;
            while (at < end && buffer[at] != '\n') {
                at++;
            }
            line.write(buffer, next, at - next);
            next = at + 1;
            if (at < end) {
                return Optional.of(Bytes.of(line.toByteArray()));
            }
        }
        return any ? Optional.of(Bytes.of(line.toByteArray())) : Optional.empty();
    }

    /// Whether the next line may take a while to come: what was answered so far should be seen.
    boolean mayWait() throws IOException {
        return next >= end && in.available() == 0;
    }

    private boolean fill() throws IOException {
        int read = in.read(buffer);
        next = 0;
        end = Math.max(0, read);
        return read > 0;
    }
}
