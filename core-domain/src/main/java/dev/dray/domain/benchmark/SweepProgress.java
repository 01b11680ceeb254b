package dev.dray.domain.benchmark;

import java.util.OptionalDouble;

/// What a [Sweep] does at this moment.
public sealed interface SweepProgress {
    /// The worker's own benchmark, with the round last ended.
    record Capacity(int round, int maxRounds, OptionalDouble unitsPerSecond) implements SweepProgress {}

    /// A stage.
    ///
    /// @param share  of the stage that is done at the least, 0 to 1
    /// @param before stages that are done
    record Staging(int concurrency, int good, int bad, double unitsPerSecond, double share, int before)
            implements SweepProgress {}

    /// One request alone.
    record Trying() implements SweepProgress {}
}
