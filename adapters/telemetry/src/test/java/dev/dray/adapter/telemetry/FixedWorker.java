package dev.dray.adapter.telemetry;

import dev.dray.model.BenchmarkResult;
import dev.dray.model.Readiness;
import dev.dray.model.ReadinessState;
import dev.dray.port.inbound.ReadWorker;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// A worker that is as the test says.
final class FixedWorker implements ReadWorker {
    ReadinessState state = ReadinessState.STARTING;
    List<ReadinessState> serverStates = List.of(ReadinessState.STARTING, ReadinessState.STARTING);
    int queued;
    int inFlight;
    OptionalDouble capacity = OptionalDouble.empty();
    int asked;

    @Override
    public Readiness readiness() {
        return new Readiness(state, Instant.EPOCH, "");
    }

    @Override
    public LoadSnapshot load() {
        asked++;
        return new LoadSnapshot(
                0, 0, 0, 0, 0, 0, 0, 0, 0, inFlight, queued, 0, 0, List.of(), capacity, Optional.empty());
    }

    @Override
    public Optional<BenchmarkResult> benchmark() {
        return Optional.empty();
    }

    @Override
    public List<ServerSnapshot> servers() {
        return serverStates.stream()
                .map(each -> new ServerSnapshot(new Readiness(each, Instant.EPOCH, "sick"), 0))
                .toList();
    }
}
