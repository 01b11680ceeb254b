package dev.dray.port.outbound;

import java.util.function.Consumer;

/// The plugin's life cycle, where the plugin itself brings the model server up. Whatever the plugin does
/// in it, it does on threads of the implementation's own. Thread-safe; no method waits.
public interface ModelLifecycle {
    /// Lets the plugin enter. Called at most once. One of the two is then called, once, on a thread of
    /// the implementation's own; after [#stop(Runnable)] that may be left out.
    ///
    /// @param entered the model server is loaded and may be benchmarked
    /// @param failed  it could not be brought up: with what the plugin threw, errors included
    void start(Runnable entered, Consumer<Throwable> failed);

    /// Lets the plugin exit, also where entering failed. Called at most once, and only after
    /// [#start(Runnable, Consumer)]. Interrupts the plugin where it is still entering, and lets it exit
    /// once that has returned; what the exit throws is logged.
    ///
    /// @param done called once, when the exit has returned or thrown; the worker does not wait for it
    ///     longer than the plugin was promised
    void stop(Runnable done);
}
