package dev.dray.port.outbound;

import java.time.Instant;
import java.util.Objects;

/// A session at one moment.
///
/// @param id        13 letters and digits
/// @param createdAt wall-clock time
/// @param expiresAt wall-clock time, as it stands now: each request of the session moves it
public record SessionView(String id, SessionOrder order, Instant createdAt, Instant expiresAt) {
    public SessionView {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(order, "order");
        Objects.requireNonNull(createdAt, "createdAt");
        Objects.requireNonNull(expiresAt, "expiresAt");
    }
}
