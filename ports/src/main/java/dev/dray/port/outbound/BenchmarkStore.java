package dev.dray.port.outbound;

import dev.dray.model.BenchmarkResult;
import java.util.Optional;

/// Keeps benchmark results over restarts. Never throws: what cannot be read counts as absent, what cannot be written
/// is logged.
public interface BenchmarkStore {
    /// @param key names backend, model, plan and machine; a result under another key is not this one's
    Optional<BenchmarkResult> load(String key);

    void save(String key, BenchmarkResult result);
}
