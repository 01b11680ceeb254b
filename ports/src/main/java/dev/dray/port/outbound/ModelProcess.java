package dev.dray.port.outbound;

import dev.dray.port.inbound.ObserveModelLog;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/// The model server's process, where the worker starts it itself. One process at a time. Thread-safe; no method waits.
public interface ModelProcess {
    /// Starts the process. Its output is the log: first [ObserveModelLog#runBegan], then its lines. Its end, or the
    /// failure to start it, is told once, after its last line, on a thread of the implementation's own.
    void start(ObserveModelLog log, Consumer<Exit> ended);

    /// Ends the process and all it started: asks first, forces after the grace.
    ///
    /// @param done called once, when nothing is left of it; also where nothing ran
    void stop(Duration grace, Runnable done);

    /// How a process ended.
    ///
    /// @param how       for a person: `exited with status 1`, `was killed by signal 9`, `could not be started: …`
    /// @param lastLines end of its output, oldest first
    record Exit(String how, List<String> lastLines) {
        public Exit {
            Objects.requireNonNull(how, "how");
            lastLines = List.copyOf(lastLines);
        }
    }
}
