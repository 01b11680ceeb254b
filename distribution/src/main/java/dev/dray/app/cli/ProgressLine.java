package dev.dray.app.cli;

import dev.dray.model.Readiness;
import dev.dray.port.outbound.WorkerEvent;
import dev.dray.port.outbound.WorkerEvents;

/// Shows on a terminal how far the worker is; the log says the same in lines where nobody watches.
final class ProgressLine implements WorkerEvents {
    private static final int WIDTH = 24;

    private final Terminal terminal;

    ProgressLine(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void accept(WorkerEvent event) {
        switch (event) {
            case WorkerEvent.ReadinessChanged changed -> terminal.status(describe(changed.to()));
            case WorkerEvent.BenchmarkProgress progress -> terminal.status(describe(progress));
            case WorkerEvent.BenchmarkEnded ended ->
                terminal.status(
                        "benchmark: %.1f units/s".formatted(ended.result().unitsPerSecond()));
            case WorkerEvent.ModelLogNoted noted -> terminal.status("loading: " + shortened(noted.line()));
            case WorkerEvent.ModelServersChanged changed ->
                terminal.status("%d of %d model servers".formatted(changed.serving(), changed.of()));
            case WorkerEvent.PluginWrittenOff lost ->
                terminal.status("plugin %s does not return from %s for %s"
                        .formatted(lost.plugin(), lost.method(), lost.route()));
            case WorkerEvent.SessionOpened _,
                    WorkerEvent.SessionClosed _,
                    WorkerEvent.RequestAdmitted _,
                    WorkerEvent.RequestStarted _,
                    WorkerEvent.RequestEnded _ -> {
                // Requests come too fast for an eye; the metrics count them.
            }
        }
    }

    private static String describe(Readiness readiness) {
        return switch (readiness.state()) {
            case STARTING -> "waiting for the model server's log";
            case LOADING -> "the model is loading";
            case BENCHMARKING -> "benchmark: starting";
            case VERIFYING -> "waiting for the model server's health";
            case UNHEALTHY, FAILED -> readiness.reason();
            case READY, DRAINING, STOPPED -> "";
        };
    }

    private static String describe(WorkerEvent.BenchmarkProgress progress) {
        return "benchmark %s %d/%d%s"
                .formatted(
                        bar((double) progress.round() / Math.max(1, progress.maxRounds())),
                        progress.round(),
                        progress.maxRounds(),
                        progress.unitsPerSecond()
                                .map(" %.1f units/s"::formatted)
                                .orElse(""));
    }

    /// So much of a whole: `[######..................]`.
    static String bar(double share) {
        int done = (int) Math.clamp(WIDTH * share, 0, WIDTH);
        return "[" + "#".repeat(done) + ".".repeat(WIDTH - done) + "]";
    }

    private static String shortened(String line) {
        return line.length() <= 60 ? line : line.substring(0, 60) + "…";
    }
}
