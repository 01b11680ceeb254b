package dev.dray.adapter.httpserver;

import dev.dray.port.exchange.ClientGoneException;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Helidon's writer of an HTTP/2 connection, with a limit on how long a write may take.
record WatchedWriter(DataWriter writer, ClientWait waiting) implements DataWriter {
    @Override
    public void write(BufferData... buffers) {
        watched(() -> writer.write(buffers));
    }

    @Override
    public void write(BufferData buffer) {
        watched(() -> writer.write(buffer));
    }

    @Override
    public void writeNow(BufferData... buffers) {
        watched(() -> writer.writeNow(buffers));
    }

    @Override
    public void writeNow(BufferData buffer) {
        watched(() -> writer.writeNow(buffer));
    }

    private void watched(Runnable write) {
        try {
            waiting.begin(ClientWait.Kind.WRITE);
            try {
                write.run();
            } finally {
                waiting.done();
            }
        } catch (ClientGoneException e) {
            // Helidon knows a broken connection by this type.
            throw new UncheckedIOException(new IOException(e.getMessage(), e));
        }
    }
}
