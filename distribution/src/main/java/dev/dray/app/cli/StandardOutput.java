package dev.dray.app.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/// Standard output that remembers why it failed; a [java.io.PrintStream] around it only knows that it did.
///
/// Used under the lock of the print stream around it.
final class StandardOutput extends OutputStream {
    private final OutputStream out;
    private volatile Optional<String> failure = Optional.empty();

    StandardOutput(OutputStream out) {
        this.out = out;
    }

    /// Why something is missing from the output. A reader that has left, as `head` does, had enough of it.
    Optional<String> failure() {
        return failure.filter(why -> !why.contains("Broken pipe"));
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException fault) {
            failure = Optional.of(String.valueOf(fault.getMessage()));
            throw fault;
        }
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }
}
