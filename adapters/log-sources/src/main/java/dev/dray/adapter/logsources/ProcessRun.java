package dev.dray.adapter.logsources;

import dev.dray.port.inbound.ObserveModelLog;
import dev.dray.port.outbound.ModelProcess.Exit;
import dev.dray.port.outbound.Ticker;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.InvalidPathException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// One run of the process, from its start to the end of the last of its family.
///
/// The thread that calls [#live] owns all of it; [#stopWithin] may come from any other and only leaves a deadline.
final class ProcessRun {
    /// For those who are left to write their last words once the process itself has ended.
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    /// For the kernel to end those who were killed. A process in a driver's call ends when that returns.
    private static final Duration DEATH = Duration.ofSeconds(10);

    /// How long one who has ended may go unnoticed. The process itself is noticed at once, its children are looked for.
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    /// As long as the process itself is there, a look finds only those who were born since.
    private static final Duration LOOK_SELDOM = Duration.ofMillis(300);

    /// A century: the difference of two readings cannot overflow.
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private static final Logger LOG = System.getLogger(OwnProcess.class.getName());

    private final Launch launch;
    private final OutputStream passOn;
    private final Ticker ticker;
    private volatile @Nullable Thread owner;

    /// When those who have not ended yet are killed; `null` while nobody wants the run stopped.
    private volatile @Nullable Long stopDeadline;

    ProcessRun(Launch launch, OutputStream passOn, Ticker ticker) {
        this.launch = launch;
        this.passOn = passOn;
        this.ticker = ticker;
    }

    /// Asks the run to end, and to be killed after the grace. The earliest deadline counts.
    void stopWithin(Duration grace) {
        long deadline = ticker.nanos() + (grace.compareTo(LONGEST) < 0 ? grace : LONGEST).toNanos();
        Long known = stopDeadline;
        if (known == null || deadline - known < 0) {
            stopDeadline = deadline;
        }
        wake();
    }

    /// Starts the process and returns once nothing is left of it.
    Exit live(ObserveModelLog log) {
        owner = Thread.currentThread();
        if (stopDeadline != null) {
            return new Exit("was stopped before it was started", List.of());
        }
        try {
            return watch(launch.start(), log);
        } catch (IOException | InvalidPathException refused) {
            LOG.log(Level.WARNING, "model process not started reason={0}", refused.getMessage());
            return new Exit(ExitText.notStarted(String.valueOf(refused.getMessage())), List.of());
        }
    }

    private Exit watch(Process process, ObserveModelLog log) {
        LOG.log(Level.INFO, "model process started pid={0}", process.pid());
        ProcessFamily family = launch.family(process);
        ProcessOutput output = new ProcessOutput(process.getInputStream(), passOn, log, this::wake);
        try {
            output.start(launch.shown());
            return watch(process, family, output);
        } catch (RuntimeException fault) {
            // A run whose end is never told would leave the worker without a model server, and its drain waiting.
            LOG.log(Level.ERROR, "model process lost sight of, killed pid={0}", process.pid(), fault);
            process.destroyForcibly();
            output.abandon();
            return new Exit("was killed after a fault of dray's own, " + fault, output.lastLines());
        }
    }

    private Exit watch(Process process, ProcessFamily family, ProcessOutput output) {
        CompletableFuture<Process> exited = process.onExit();
        // Wakes once `exited` is done; what `thenRun` returns would be done only after that.
        CompletableFuture<Void> _ = exited.thenRun(this::wake);
        until(() -> exited.isDone() || stopDeadline != null, LONGEST);
        until(() -> output.ended() || stopDeadline != null, LAST_WORDS);
        askToEnd(process, family);
        kill(family);
        until(() -> exited.isDone() && output.ended(), LAST_WORDS);
        // Somebody outside the family may hold the other end for ever. Closing ours would not wake the reader.
        output.abandon();
        List<String> lastLines = output.lastLines();
        String how = exited.isDone()
                ? ExitText.of(process.exitValue(), lastLines)
                : "was killed, but has not ended after " + DEATH.toSeconds() + " s; see whether a driver holds it";
        LOG.log(Level.INFO, "model process ended pid={0} how={1}", process.pid(), how);
        return new Exit(how, lastLines);
    }

    private void askToEnd(Process process, ProcessFamily family) {
        Long deadline = stopDeadline;
        while (deadline != null && deadline - ticker.nanos() > 0 && !family.gone()) {
            family.terminate();
            pause(process.isAlive() ? LOOK_SELDOM : LOOK_EVERY, deadline - ticker.nanos());
            deadline = stopDeadline;
        }
    }

    private void kill(ProcessFamily family) {
        long deadline = ticker.nanos() + DEATH.toNanos();
        while (!family.gone()) {
            long left = deadline - ticker.nanos();
            if (left <= 0) {
                LOG.log(Level.WARNING, "model process killed but not gone");
                return;
            }
            family.kill();
            pause(LOOK_EVERY, left);
        }
    }

    private void until(BooleanSupplier condition, Duration limit) {
        long deadline = ticker.nanos() + limit.toNanos();
        for (long left = limit.toNanos(); left > 0 && !condition.getAsBoolean(); left = deadline - ticker.nanos()) {
            // Whatever makes it so wakes this thread.
            LockSupport.parkNanos(this, left);
        }
    }

    private void pause(Duration time, long atMostNanos) {
        LockSupport.parkNanos(this, Math.min(time.toNanos(), atMostNanos));
    }

    private void wake() {
        LockSupport.unpark(owner);
    }
}
