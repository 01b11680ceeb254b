package dev.dray.domain.readiness;

import static dev.dray.model.ReadinessState.BENCHMARKING;
import static dev.dray.model.ReadinessState.DRAINING;
import static dev.dray.model.ReadinessState.FAILED;
import static dev.dray.model.ReadinessState.LOADING;
import static dev.dray.model.ReadinessState.READY;
import static dev.dray.model.ReadinessState.STARTING;
import static dev.dray.model.ReadinessState.STOPPED;
import static dev.dray.model.ReadinessState.UNHEALTHY;
import static dev.dray.model.ReadinessState.VERIFYING;

import dev.dray.model.ReadinessState;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/// Every legal edge between readiness states, by where it leads.
public enum ReadinessStep {
    /// The model server begins a run, or a load marker leaves FAILED behind.
    LOAD(LOADING, STARTING, BENCHMARKING, VERIFYING, READY, UNHEALTHY, FAILED),
    /// The model is loaded. Passed through also where nothing is measured: one chain for all workers.
    MEASURE(BENCHMARKING, LOADING),
    /// The capacity is known, or there is none to know.
    VERIFY(VERIFYING, BENCHMARKING),
    /// The model server answers its health probe, or has none. From LOADING only in a worker that was
    /// ready before: its log was rotated or truncated beneath a model server that never went away, so no
    /// load marker will come.
    SERVE(READY, VERIFYING, UNHEALTHY, LOADING),
    /// Probes go bad.
    SICKEN(UNHEALTHY, READY),
    /// An error marker, a benchmark without a result, a process that ended, a life cycle that could not
    /// be entered.
    BREAK(FAILED, LOADING, BENCHMARKING, VERIFYING, READY, UNHEALTHY),
    /// The worker is told to end its service.
    DRAIN(DRAINING, STARTING, LOADING, BENCHMARKING, VERIFYING, READY, UNHEALTHY, FAILED),
    /// The worker ends.
    STOP(STOPPED, STARTING, LOADING, BENCHMARKING, VERIFYING, READY, UNHEALTHY, FAILED, DRAINING);

    private final ReadinessState to;

    // Never written after construction; the JDK has no immutable EnumSet.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Set<ReadinessState> from;

    ReadinessStep(ReadinessState to, ReadinessState first, ReadinessState... others) {
        this.to = to;
        this.from = EnumSet.of(first, others);
    }

    /// Whether an edge leads from one state to another. A state has no edge to itself.
    public static boolean leads(ReadinessState from, ReadinessState to) {
        return Arrays.stream(values()).anyMatch(step -> step.to == to && step.from.contains(from));
    }
}
