package dev.dray.adapter.controlplanevast;

import java.time.Instant;
import java.util.Optional;

/// How the line to the platform is, for operators.
///
/// @param reports         `/worker_status/`
/// @param deliveries      `/delete_requests/`
/// @param keyFetches      `/pubkey/`
/// @param keyNeeded       whether signatures are checked
/// @param keyKnownSince   wall-clock time when the key in use came; empty while there is none
/// @param outcomesWaiting outcomes the platform has not acknowledged yet
/// @param outcomesDropped outcomes given up since the start: too many, too old, or unreadable in the journal
public record PlatformStatus(
        Line reports,
        Line deliveries,
        Line keyFetches,
        boolean keyNeeded,
        Optional<Instant> keyKnownSince,
        int outcomesWaiting,
        long outcomesDropped) {

    /// One kind of request to the platform.
    ///
    /// @param repeated       attempts that failed and were repeated, since the start
    /// @param failuresInARow messages that no address took, since the last one that was taken
    public record Line(long repeated, int failuresInARow) {}
}
