package dev.dray.spi;

/// Stands in for the model server's log: the plugin itself brings the model server up and says when it
/// is loaded.
///
/// @since 1.0
public interface Lifecycle {
    /// Returns when the model server is loaded and may be benchmarked. Called once, on a thread of its
    /// own, which it may keep as long as it takes; interrupted when the worker ends before.
    ///
    /// @throws Exception if it cannot be brought up: the worker is then FAILED with the exception's
    ///     message, nothing is tried again, and [#exit()] follows at once
    void enter() throws Exception;

    /// Undoes [#enter()], also one that failed or was interrupted. Called once: after the last request
    /// of the worker, or after an `enter` that threw. The end of the worker waits ten seconds for it.
    ///
    /// @throws Exception is logged
    void exit() throws Exception;
}
