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

    /// How a sweep ended.
    ///
    /// @param firstFailure what became of the first bad answer; empty where there was none
    record End(Ending ending, String reason, String firstFailure) {
        private String barren() {
            return firstFailure.isEmpty()
                    ? "even one request at a time takes longer than the latency that was asked for; ask for less work, or"
                            + " allow more time"
                    : "too many requests failed with one in flight; the first: " + firstFailure;
        }
    }

    /// What follows from some stages.
    static SweepResult of(
            End end, Optional<BenchmarkResult> capacity, List<Stage> stages, boolean streamed, SweepLimits limits) {
        Optional<Saturation> saturation =
                SaturationSearch.found(SaturationSearch.points(telling(end.ending(), stages), limits));
        boolean barren = end.ending() == Ending.COMPLETE && saturation.isEmpty();
        return new SweepResult(
                barren ? Ending.FAILED : end.ending(),
                barren ? end.barren() : end.reason(),
                capacity,
                stages,
                streamed,
                saturation,
                saturation.filter(_ -> end.ending() != Ending.FAILED).map(found -> Advice.of(found, stages)));
    }

    // Where the model server is gone, the stage in which it went says nothing of its limits.
    private static List<Stage> telling(Ending ending, List<Stage> stages) {
        return ending == Ending.FAILED
                ? stages.stream()
                        .filter(stage -> stage.end() != Stage.End.BROKEN)
                        .toList()
                : stages;
    }
}
