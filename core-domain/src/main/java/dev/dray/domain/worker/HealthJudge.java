package dev.dray.domain.worker;

import dev.dray.domain.readiness.ProbeTally;
import dev.dray.domain.worker.WorkerPlan.LoadSignal;
import dev.dray.model.ReadinessState;
import dev.dray.port.outbound.ModelHealth.Probe;
import java.time.Duration;

/// What a health probe means, by the state the model server is in.
///
/// One good probe ends VERIFYING; between READY and UNHEALTHY it takes several of a kind in a row.
/// Called by decisions of the readiness side, so guarded by its lock.
final class HealthJudge {
    /// The reason of a state that lasts until a probe is good.
    static final String AWAITED = "waiting for the model server's health";

    private final WorkerPlan.HealthPolicy policy;
    private final WorkerPlan.ServerPlan server;
    private final ServerBoard board;
    private final Verdict verdict;
    private final ProbeTally tally;
    private boolean goneSinceFailure;

    HealthJudge(WorkerPlan.HealthPolicy policy, WorkerPlan.ServerPlan server, ServerBoard board, Verdict verdict) {
        this.policy = policy;
        this.server = server;
        this.board = board;
        this.verdict = verdict;
        this.tally = new ProbeTally(policy.down(), policy.up());
    }

    /// What a probe can lead to, beside another reason or UNHEALTHY.
    interface Verdict {
        /// The model server is loaded: where there is nothing else that says so.
        void loaded();

        /// It can be served.
        ///
        /// @param loadedBefore whether it has just loaded
        void healthy(boolean loadedBefore);
    }

    /// Forgets what was counted: other probes begin.
    void reset() {
        tally.reset();
        goneSinceFailure = false;
    }

    /// Takes the result of a probe.
    ///
    /// @return the pause until the next one
    Duration judge(Probe probe) {
        switch (probe) {
            case Probe.Good() -> good();
            case Probe.Bad(String reason) -> bad(reason.isBlank() ? "the health probe failed" : reason);
        }
        boolean well = board.state() == ReadinessState.READY && probe instanceof Probe.Good;
        return well ? policy.interval() : policy.retryInterval();
    }

    private void good() {
        boolean up = tally.good();
        switch (board.state()) {
            case VERIFYING -> verdict.healthy(true);
            case LOADING -> {
                if (standsForTheLog()) {
                    verdict.loaded();
                } else if (up) {
                    verdict.healthy(false);
                }
            }
            case UNHEALTHY -> {
                if (up) {
                    verdict.healthy(false);
                }
            }
            case FAILED -> {
                if (goneSinceFailure) {
                    verdict.loaded();
                }
            }
            case STARTING, BENCHMARKING, READY, DRAINING, STOPPED -> {}
        }
    }

    private void bad(String reason) {
        boolean down = tally.bad();
        switch (board.state()) {
            case VERIFYING -> board.move(ReadinessState.VERIFYING, AWAITED + ": " + reason);
            case UNHEALTHY -> board.move(ReadinessState.UNHEALTHY, reason);
            case READY -> {
                if (down) {
                    board.move(ReadinessState.UNHEALTHY, reason);
                }
            }
            case LOADING -> {
                if (standsForTheLog()) {
                    board.move(ReadinessState.LOADING, AWAITED + ": " + reason);
                }
            }
            case FAILED -> goneSinceFailure = true;
            case STARTING, BENCHMARKING, DRAINING, STOPPED -> {}
        }
    }

    private boolean standsForTheLog() {
        return server.loadSignal() instanceof LoadSignal.Health;
    }
}
