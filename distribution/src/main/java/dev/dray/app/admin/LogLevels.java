package dev.dray.app.admin;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The levels of dray's own log, which may change while it runs. Thread-safe.
public interface LogLevels {
    /// Words of all levels, the most important first: `error`, `warning`, `info`, `debug`, `trace`.
    List<String> words();

    /// Logger → word of the level that was set for it. The logger `dev.dray` is always there: it counts
    /// for all of dray's that have none of their own.
    Map<String, String> levels();

    /// Sets the least important line that a logger writes.
    ///
    /// @param logger `dev.dray`, or a name below it
    /// @param word   one of [#words()]; empty: as the logger above it
    /// @throws IllegalArgumentException if the logger is none of dray's, the word none of these, or
    ///     `dev.dray` would be left without one; the message is what is expected
    void set(String logger, Optional<String> word);
}
