package dev.dray.domain.benchmark;

import dev.dray.model.BenchmarkResult;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What a [Sweep] came to.
///
/// @param ending     why it ended
/// @param reason     for a person: what failed and what to do; empty where nothing did
/// @param capacity   what the worker would measure at its start and report; empty where the sweep ended before
/// @param stages     in the order run
/// @param streamed   whether answers were asked for as streams
/// @param saturation empty where no stage is usable
/// @param advice     the same; empty also where the model server failed
public record SweepResult(
        Ending ending,
        String reason,
        Optional<BenchmarkResult> capacity,
        List<Stage> stages,
        boolean streamed,
        Optional<Saturation> saturation,
        Optional<Advice> advice) {
    public SweepResult {
        Objects.requireNonNull(ending, "ending");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(capacity, "capacity");
        stages = List.copyOf(stages);
        Objects.requireNonNull(saturation, "saturation");
        Objects.requireNonNull(advice, "advice");
    }

    /// Why a sweep ended.
    public enum Ending {
        /// Enough is known, or the highest concurrency was reached.
        COMPLETE,
        /// Its time was used up first.
        OUT_OF_BUDGET,
        /// Somebody stopped it.
        STOPPED,
        /// The model server, or the plugin, failed.
        FAILED
    }
}
