package dev.dray.adapter.inmemory;

import dev.dray.port.outbound.BenchmarkStore;
import dev.dray.port.testing.BenchmarkStoreContract;

class InMemoryBenchmarkStoreTest extends BenchmarkStoreContract {
    private final InMemoryBenchmarkStore store = new InMemoryBenchmarkStore();

    @Override
    protected BenchmarkStore store() {
        return store;
    }
}
