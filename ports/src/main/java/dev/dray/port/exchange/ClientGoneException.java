package dev.dray.port.exchange;

import org.jspecify.annotations.Nullable;

/// The client hung up, so nothing more can be written to it.
public final class ClientGoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ClientGoneException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
