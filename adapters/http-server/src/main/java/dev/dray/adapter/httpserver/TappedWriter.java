package dev.dray.adapter.httpserver;

import dev.dray.port.exchange.ClientGoneException;
import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import java.io.IOException;
import java.io.UncheckedIOException;

/// What Helidon's own code writes to an HTTP/1.1 client: `100 Continue`, refusals of heads that are none.
/// Goes the way of everything else, as the channel below may be one that does not block.
///
/// @param connection the client's
record TappedWriter(Http1Tap connection) implements DataWriter {
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

    @Override
    public void writeNow(BufferData buffer) {
        byte[] bytes = buffer.readBytes();
        try {
            connection.write(bytes, 0, bytes.length);
        } catch (ClientGoneException e) {
            // Helidon knows a broken connection by this type.
            throw new UncheckedIOException(new IOException(e.getMessage(), e));
        }
    }
}
