package dev.dray.port.outbound;

import dev.dray.model.BenchmarkResult;
import java.util.Optional;

/// Keeps benchmark results over restarts. Never throws: what cannot be read counts as absent, what cannot be written
/// is logged.
public interface BenchmarkStore {
    /// The result kept under a key; empty where there is none.
    ///
    /// @param key names backend, model, plan and machine; a result under another key is not this one's
    Optional<BenchmarkResult> load(String key);

    /// Keeps a result, replacing the one under the same key.
    void save(String key, BenchmarkResult result);
}
