package dev.dray.adapter.httpserver;

import java.time.Duration;
import java.util.Objects;
import java.util.OptionalInt;

/// What one client, and all of them together, may ask of a listener.
///
/// @param bodyBytes     largest request body, after inflation; a larger one gets 413 (`limits.body`)
/// @param bufferedBytes all bodies held at once; above it bodies over 64 KiB wait 5 s, then get 503 (`limits.buffered`)
/// @param headerTime    from a request's first byte to the end of its head (`limits.header-time`)
/// @param bodyIdle      longest pause within a body (`limits.body-idle`)
/// @param clientIdle    longest pause between requests, and of a client that stops reading (`limits.client-idle`)
/// @param clientLost    how long a client's machine may acknowledge nothing (`limits.client-lost`)
/// @param perClientConnections open connections of one client address (`limits.per-client-connections`)
public record ListenerLimits(
        long bodyBytes,
        long bufferedBytes,
        Duration headerTime,
        Duration bodyIdle,
        Duration clientIdle,
        Duration clientLost,
        OptionalInt perClientConnections) {
    private static final Duration LOST = Duration.ofSeconds(60);

    public ListenerLimits {
        if (bodyBytes < 1 || bodyBytes > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(
                    "limits.body is " + bodyBytes + " bytes; allowed are 1 to " + (Integer.MAX_VALUE - 8));
        }
        if (bufferedBytes < 1) {
            throw new IllegalArgumentException("limits.buffered is " + bufferedBytes + " bytes; allowed is 1 and more");
        }
        Objects.requireNonNull(headerTime, "headerTime");
        Objects.requireNonNull(bodyIdle, "bodyIdle");
        Objects.requireNonNull(clientIdle, "clientIdle");
        Objects.requireNonNull(clientLost, "clientLost");
        if (perClientConnections.orElse(1) < 1) {
            throw new IllegalArgumentException("limits.per-client-connections is " + perClientConnections.getAsInt()
                    + "; allowed is 1 and more, or none");
        }
    }

    /// Without a limit on the connections of one client, which is lost after a minute.
    public ListenerLimits(
            long bodyBytes, long bufferedBytes, Duration headerTime, Duration bodyIdle, Duration clientIdle) {
        this(bodyBytes, bufferedBytes, headerTime, bodyIdle, clientIdle, LOST, OptionalInt.empty());
    }

    /// The same with another limit on request bodies.
    public ListenerLimits withBodyBytes(long other) {
        return new ListenerLimits(
                other, bufferedBytes, headerTime, bodyIdle, clientIdle, clientLost, perClientConnections);
    }

    /// The defaults: 100 MiB bodies, a quarter of the heap for all of them, 10 s, 30 s and 75 s.
    public static ListenerLimits standard() {
        return new ListenerLimits(
                100L << 20,
                Math.max(1, Runtime.getRuntime().maxMemory() / 4),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(75));
    }
}
