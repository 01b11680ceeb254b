package dev.dray.adapter.modelclient;

import dev.dray.model.Bytes;
import dev.dray.model.FormPart;
import dev.dray.port.exchange.ModelFailure.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the files of a form write into: gathers small pieces, sends large ones as they are, and lets no
/// file write more or fewer bytes than it promised.
///
/// Used by the thread that carries the request.
final class FormStream extends OutputStream {
    private static final int BUFFER_BYTES = 16 * 1024;

    private final Connection connection;
    private final Flight flight;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int filled;
    private long promised;
    private long remaining;
    private boolean tooMuch;

    /// Why the connection broke, also if a file has swallowed it.
    private @Nullable IOException broken;

    FormStream(Connection connection, Flight flight) {
        this.connection = connection;
        this.flight = flight;
    }

    /// Writes framing.
    void own(Bytes bytes) throws IOException {
        put(bytes.array(), bytes.offset(), bytes.length());
    }

    /// Lets a file write itself.
    ///
    /// @throws CallException if it fails, or writes another number of bytes than it promised
    void content(FormPart.File file, long length) throws IOException {
        promised = length;
        remaining = length;
        Throwable fault = null;
        try {
            file.content().writeTo(this);
        } catch (Throwable thrown) { // The plugin boundary: whatever foreign code throws becomes its own fault.
            fault = thrown;
        }
        if (broken != null) {
            throw broken;
        }
        if (tooMuch) {
            throw fault(file, "wrote more than the " + promised + " bytes it promised", null);
        }
        if (fault != null) {
            throw fault(file, "failed after " + (promised - remaining) + " of " + promised + " bytes", fault);
        }
        if (remaining > 0) {
            throw fault(file, "wrote " + (promised - remaining) + " of the " + promised + " bytes it promised", null);
        }
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length > remaining) {
            tooMuch = true;
            throw new IOException("a part of a form may not be longer than promised");
        }
        remaining -= length;
        put(bytes, offset, length);
    }

    private void put(byte[] bytes, int offset, int length) throws IOException {
        if (length > buffer.length - filled) {
            send();
        }
        if (length >= buffer.length) {
            send(bytes, offset, length);
        } else {
            System.arraycopy(bytes, offset, buffer, filled, length);
            filled += length;
        }
    }

    /// Sends what was gathered.
    void send() throws IOException {
        int count = filled;
        filled = 0;
        send(buffer, 0, count);
    }

    private void send(byte[] bytes, int offset, int length) throws IOException {
        if (broken != null) {
            throw broken;
        }
        try {
            connection.write(bytes, offset, length, flight);
        } catch (IOException newlyBroken) {
            broken = newlyBroken;
            throw newlyBroken;
        }
        // What comes next is the file's own work; the model server is not to be blamed for its time.
        flight.working();
    }

    /// Names the thrown class and its place but not its message, which may quote a payload.
    static CallException fault(FormPart.File file, String what, @Nullable Throwable thrown) {
        String cause = thrown == null ? "" : ": " + thrown.getClass().getName() + place(thrown.getStackTrace());
        return new CallException(
                Kind.PLUGIN_FAULT,
                "file '%s' of the form that the plugin made %s%s; see the plugin's documentation, or report it to its author"
                        .formatted(file.name(), what, cause));
    }

    private static String place(StackTraceElement[] trace) {
        return trace.length == 0 ? "" : " at " + trace[0];
    }
}
