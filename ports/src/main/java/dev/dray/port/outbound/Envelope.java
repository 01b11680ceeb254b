package dev.dray.port.outbound;

import dev.dray.model.PlatformReference;
import dev.dray.model.RequestPayload;
import java.util.Objects;
import java.util.Optional;

/// A request with the platform's wrapping taken off.
///
/// @param payload   the part meant for the model server
/// @param sessionId session the request belongs to; empty for none
/// @param reference the platform's own name for the request
public record Envelope(RequestPayload payload, Optional<String> sessionId, PlatformReference reference) {
    public Envelope {
        Objects.requireNonNull(payload, "payload");
        Objects.requireNonNull(sessionId, "sessionId");
        Objects.requireNonNull(reference, "reference");
    }
}
