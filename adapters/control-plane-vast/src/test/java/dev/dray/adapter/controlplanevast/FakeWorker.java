package dev.dray.adapter.controlplanevast;

import dev.dray.model.BenchmarkResult;
import dev.dray.model.PlatformReference;
import dev.dray.model.Readiness;
import dev.dray.model.ReadinessState;
import dev.dray.port.inbound.ReadWorker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// A worker whose state is set from outside.
final class FakeWorker implements ReadWorker {
    static final LoadSnapshot IDLE = load(0, 0, 0, 0, List.of());

    volatile Readiness readiness = readiness(ReadinessState.LOADING, "");
    volatile LoadSnapshot load = IDLE;

    static Readiness readiness(ReadinessState state, String reason) {
        return new Readiness(state, Instant.EPOCH, reason);
    }

    static LoadSnapshot load(
            double received, double cancelled, double served, double rejected, List<PlatformReference> working) {
        return new LoadSnapshot(
                received,
                served,
                0,
                cancelled,
                rejected,
                5,
                400,
                0,
                0,
                working.size(),
                0,
                0,
                0,
                working,
                OptionalDouble.of(812.4),
                Optional.of(Duration.ofMillis(41_270)));
    }

    @Override
    public Readiness readiness() {
        return readiness;
    }

    @Override
    public LoadSnapshot load() {
        return load;
    }

    @Override
    public Optional<BenchmarkResult> benchmark() {
        return Optional.empty();
    }

    @Override
    public List<ServerSnapshot> servers() {
        return List.of(new ServerSnapshot(readiness(), 0));
    }
}
