package dev.dray.model;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/// The bytes of a file in a form, written when the request is sent: a large upload is decoded on its way
/// to the model server and never held as a whole.
///
/// Implementations are immutable and thread-safe. The same content may be written more than once, each
/// time the same.
///
/// @since 1.0
public interface PartContent {
    /// How many bytes [#writeTo(OutputStream)] writes; 0 or more. Asked before anything is written, and
    /// must be exact: it is part of the request's `Content-Length`.
    long length();

    /// Writes all bytes, in pieces of any size.
    ///
    /// @param out not to be closed here
    /// @throws IOException if `out` does
    void writeTo(OutputStream out) throws IOException;

    /// Bytes that are there already.
    static PartContent of(Bytes bytes) {
        Objects.requireNonNull(bytes, "bytes");
        return new Held(bytes);
    }

    /// Bytes in memory.
    record Held(Bytes bytes) implements PartContent {
        @Override
        public long length() {
            return bytes.length();
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            bytes.writeTo(out);
        }
    }
}
