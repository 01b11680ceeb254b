package dev.dray.domain.worker;

import dev.dray.model.Readiness;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/// What a request needs to know of the worker's readiness: one snapshot, published by the readiness side and read by
/// the request side without a lock.
///
/// @param readiness              the state with its reason
/// @param everReady              whether the worker was READY once; from then on only draining refuses requests
/// @param draining               whether nothing new is admitted any more; stays true once it is
/// @param capacityUnitsPerSecond measured or pinned, in workload units per second; empty while unknown
/// @param loadTime               from the start of the worker to the latest READY after loading; empty before
public record Standing(
        Readiness readiness,
        boolean everReady,
        boolean draining,
        OptionalDouble capacityUnitsPerSecond,
        Optional<Duration> loadTime) {
    public Standing {
        Objects.requireNonNull(readiness, "readiness");
        Objects.requireNonNull(capacityUnitsPerSecond, "capacityUnitsPerSecond");
        Objects.requireNonNull(loadTime, "loadTime");
    }
}
