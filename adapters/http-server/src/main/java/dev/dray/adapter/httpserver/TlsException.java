package dev.dray.adapter.httpserver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/// Certificate or key cannot be used; the message names the file, what was found, what is expected, and what to do.
///
/// Like a port that is taken this can mend itself: who starts the listener again later finds the new files.
public final class TlsException extends UncheckedIOException {
    private static final long serialVersionUID = 1L;

    private TlsException(String message, IOException cause) {
        super(message, cause);
    }

    /// @param problem what was found, what is expected and what to do
    static TlsException of(String what, Path file, String problem) {
        String message = what + " '" + file + "' cannot be used: " + problem;
        return new TlsException(message, new IOException(problem));
    }

    static TlsException of(String what, Path file, String problem, Exception cause) {
        String message = what + " '" + file + "' cannot be used: " + problem;
        return new TlsException(message, new IOException(problem, cause));
    }
}
