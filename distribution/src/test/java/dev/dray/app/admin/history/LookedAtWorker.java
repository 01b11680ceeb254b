package dev.dray.app.admin.history;

import dev.dray.model.BenchmarkResult;
import dev.dray.model.Readiness;
import dev.dray.model.ReadinessState;
import dev.dray.port.inbound.ReadWorker;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// A worker that does nothing but answer what it is told to.
final class LookedAtWorker implements ReadWorker {
    private final Readiness readiness;
    private int queued;
    private int inFlight;

    LookedAtWorker(InstantSource clock) {
        this.readiness = new Readiness(ReadinessState.STARTING, clock.instant(), "");
    }

    void load(int nowQueued, int nowInFlight) {
        queued = nowQueued;
        inFlight = nowInFlight;
    }

    @Override
    public Readiness readiness() {
        return readiness;
    }

    @Override
    public LoadSnapshot load() {
        return new LoadSnapshot(
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                inFlight,
                queued,
                0,
                0,
                List.of(),
                OptionalDouble.of(1_000),
                Optional.empty());
    }

    @Override
    public Optional<BenchmarkResult> benchmark() {
        return Optional.empty();
    }

    @Override
    public List<ServerSnapshot> servers() {
        return List.of();
    }
}
