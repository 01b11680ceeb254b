package dev.dray.adapter.inmemory;

import dev.dray.model.BenchmarkResult;
import dev.dray.port.outbound.BenchmarkStore;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Benchmark results for as long as the process lives; also what a worker falls back on without a state directory.
public final class InMemoryBenchmarkStore implements BenchmarkStore {
    private final Map<String, BenchmarkResult> results = new ConcurrentHashMap<>();

    @Override
    public Optional<BenchmarkResult> load(String key) {
        return Optional.ofNullable(results.get(key));
    }

    @Override
    public void save(String key, BenchmarkResult result) {
        results.put(key, result);
    }
}
