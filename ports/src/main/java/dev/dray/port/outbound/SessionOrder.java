package dev.dray.port.outbound;

import dev.dray.model.PlatformReference;
import dev.dray.model.SessionSecret;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/// What a client asks for when it opens a session.
///
/// @param reference   the platform's own name for the request, and all that its adapter wants to keep with the session
/// @param secret      shows later that a caller is the one who opened it
/// @param units       capacity to reserve, in workload units; finite, 0 or more
/// @param lifetime    until it expires, and what each of its requests adds; may be zero or negative: expired at once
/// @param closeTarget where to post when it closes: an absolute URL, or a path on the model server; empty for nowhere
public record SessionOrder(
        PlatformReference reference,
        SessionSecret secret,
        double units,
        Duration lifetime,
        Optional<String> closeTarget) {
    public SessionOrder {
        Objects.requireNonNull(reference, "reference");
        Objects.requireNonNull(secret, "secret");
        if (!Double.isFinite(units) || units < 0) {
            throw new IllegalArgumentException("a session reserves a finite number of units, 0 or more, got " + units);
        }
        Objects.requireNonNull(lifetime, "lifetime");
        Objects.requireNonNull(closeTarget, "closeTarget");
    }
}
