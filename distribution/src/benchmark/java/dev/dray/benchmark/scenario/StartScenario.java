package dev.dray.benchmark.scenario;

import dev.dray.benchmark.load.ClosedLoop;
import dev.dray.benchmark.load.EventLoop;
import dev.dray.benchmark.model.Order;
import dev.dray.benchmark.stand.Asking;
import dev.dray.benchmark.stand.Contender;
import dev.dray.benchmark.stand.Platform;
import dev.dray.benchmark.stand.ProcessUse;
import dev.dray.benchmark.stand.Worker;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A worker's first seconds: from exec to listening and to the first report, from the model's ready line to the report
/// that says so, and the memory it then holds, idle and after its first load.
public final class StartScenario implements Scenario {
    private static final int PATIENCE_SECONDS = 60;
    // No model is loaded as soon as the worker runs: what a start leaves behind is done by then.
    private static final long LOADING = TimeUnit.SECONDS.toNanos(1);
    private static final long REST = TimeUnit.SECONDS.toNanos(3);
    private static final int CLIENTS = 64;
    private static final int ANSWER = 306;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String about() {
        return "a new worker process: exec, listening, first report, model ready, platform told; memory then";
    }

    @Override
    public boolean takes(Contender contender) {
        return contender instanceof Worker;
    }

    @Override
    public boolean asksTheRunning() {
        return false;
    }

    @Override
    public void run(Round round) throws IOException {
        if (!(round.contender() instanceof Worker running)) {
            throw new IllegalArgumentException(round.contender().name() + " is no worker");
        }
        try (Platform platform = Platform.open();
                Worker worker = running.another(platform)) {
            long listening = worker.awaitListening();
            long report = await(platform, false);
            millis(round, "exec to listening", listening - worker.launched());
            millis(round, "exec to first report", report - worker.launched());
            LockSupport.parkNanos(LOADING);
            long loaded = worker.modelIsLoaded();
            millis(round, "model's ready line to platform told", await(platform, true) - loaded);
            worker.awaitReady();
            LockSupport.parkNanos(REST);
            memory(round, worker, "idle");
            load(round, worker, platform);
            memory(round, worker, "after c=64");
        }
    }

    private static long await(Platform platform, boolean ready) throws IOException {
        try {
            Platform.Report report;
            do {
                report = platform.reports().poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (report == null) {
                    throw new IOException("the platform heard nothing for %d s".formatted(PATIENCE_SECONDS));
                }
            } while (ready && !report.isReady());
            return report.nanos();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for a report", interrupted);
        }
    }

    private void millis(Round round, String measure, long nanos) {
        round.add(name(), measure, "ms", nanos / 1e6);
    }

    private void memory(Round round, Worker worker, String when) throws IOException {
        ProcessUse use = worker.use();
        round.add(name(), "resident " + when, "MiB", UseMeter.mebibytes(use.residentBytes()));
        round.add(name(), "own " + when, "MiB", UseMeter.mebibytes(use.ownBytes()));
    }

    private static void load(Round round, Worker worker, Platform platform) throws IOException {
        try (EventLoop loop = EventLoop.open()) {
            // Signed with this platform's key, not with that of the worker that runs beside it.
            Asking asking = Asking.signed(platform, worker.url());
            var load = new ClosedLoop(loop, worker.address(), asking.small(Asking.WHOLE, Order.json(ANSWER)));
            load.start(CLIENTS);
            loop.run(round.effort().measured().multipliedBy(2));
            load.finish();
        }
    }
}
