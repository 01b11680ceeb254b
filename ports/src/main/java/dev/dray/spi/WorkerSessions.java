package dev.dray.spi;

import java.util.List;
import java.util.Optional;

/// The worker's sessions, as far as a plugin may touch them. Thread-safe.
///
/// @since 1.0
public interface WorkerSessions {
    /// Closes every open session, as its owner would: requests inside are cancelled, callbacks are sent.
    /// Returns once they are removed; callbacks may still be on their way.
    ///
    /// @return ids of those that were closed, in the order opened; empty optional while the worker is
    ///     not up yet
    Optional<List<String>> closeAll();
}
