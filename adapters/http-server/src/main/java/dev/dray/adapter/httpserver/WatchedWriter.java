package dev.dray.adapter.httpserver;

import dev.dray.port.exchange.ClientGoneException;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Helidon's writer of an HTTP/2 connection, with a limit on how long a write may take, and our heads for its own.
record WatchedWriter(DataWriter writer, ClientWait waiting, Http2Heads heads) implements DataWriter {
    @Override
    public void write(BufferData... buffers) {
        writeNow(BufferData.create(buffers));
    }

    @Override
    public void write(BufferData buffer) {
        writeNow(buffer);
    }

    @Override
    public void writeNow(BufferData... buffers) {
        writeNow(BufferData.create(buffers));
    }

    /// Helidon writes each frame by one call, with no other between.
    @Override
    public void writeNow(BufferData frame) {
        try {
            waiting.begin(ClientWait.Kind.WRITE);
            try {
                writer.writeNow(heads.inPlaceOf(frame));
            } finally {
                waiting.done();
            }
        } catch (ClientGoneException e) {
            // Helidon knows a broken connection by this type.
            throw new UncheckedIOException(new IOException(e.getMessage(), e));
        }
    }
}
