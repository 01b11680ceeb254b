package dev.dray.adapter.modelclient;

import dev.dray.port.exchange.ModelFailure.Kind;
import java.io.IOException;

/// Ends a call for a reason that is known where it is found; other I/O errors mean that the connection broke.
final class CallException extends IOException {
    private static final long serialVersionUID = 1;

    private final Kind kind;

    CallException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /// What came is not an HTTP/1.1 response, or not an unambiguous one.
    static CallException garbage(String detail) {
        return new CallException(Kind.GARBAGE, detail);
    }

    Kind kind() {
        return kind;
    }
}
