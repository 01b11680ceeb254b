package dev.dray.adapter.logsources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.port.inbound.ObserveModelLog.LogLine;
import dev.dray.port.outbound.ModelProcess.Exit;
import dev.dray.port.outbound.Ticker;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/// Starts real processes for one test and sees to it that none outlives it.
abstract class ProcessTest {
    static final Duration LONG = Duration.ofHours(1);
    static final long DEADLINE_SECONDS = 20;

    final RecordingObserver log = new RecordingObserver();
    final ByteArrayOutputStream passedOn = new ByteArrayOutputStream();

    private final List<OwnProcess> processes = new ArrayList<>();

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        processes.forEach(OwnProcess::close);
    }

    OwnProcess process(String... command) {
        return process(ProcessSettings.of(command).in(folder), true);
    }

    /// A script in the test's folder, where it can wait for files.
    OwnProcess script(String script) {
        return process("sh", "-c", script);
    }

    /// A process for ever, whose keeper has this ticker.
    OwnProcess process(Ticker ticker) {
        OwnProcess process = new OwnProcess(ProcessSettings.of("sleep", "600"), passedOn, ticker);
        processes.add(process);
        return process;
    }

    OwnProcess process(ProcessSettings settings, boolean ownSession) {
        OwnProcess process = new OwnProcess(settings, passedOn, System::nanoTime, ownSession);
        processes.add(process);
        return process;
    }

    CompletableFuture<Exit> started(OwnProcess process) {
        CompletableFuture<Exit> ended = new CompletableFuture<>();
        process.start(log, exit -> assertThat(ended.complete(exit)).isTrue());
        return ended;
    }

    Exit ranToItsEnd(OwnProcess process) throws Exception {
        return of(started(process));
    }

    static CompletableFuture<Void> stopped(OwnProcess process, Duration grace) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        process.stop(grace, () -> assertThat(done.complete(null)).isTrue());
        return done;
    }

    static <T> T of(CompletableFuture<T> future) throws Exception {
        return future.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    /// Lets a script go on that waits until the file is there.
    void go() throws IOException {
        Files.createFile(folder.resolve("go"));
    }

    /// The number between a word and `ok`, all of which the script wrote in a line.
    long pidAfter(String word) throws InterruptedException {
        return Long.parseLong(awaitLine(word + " [0-9]+ ok").replaceAll("[^0-9]", ""));
    }

    /// Waits for a line that is exactly so: the shell may write lines of its own in between.
    String awaitLine(String pattern) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (true) {
            for (LogLine line : log.lines()) {
                if (line.text().matches(pattern)) {
                    return line.text();
                }
            }
            assertThat(System.nanoTime() - deadline)
                    .as("no '%s' in %s", pattern, log.notes())
                    .isNegative();
            LockSupport.parkNanos(1_000_000);
        }
    }

    static boolean alive(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent() && !ProcessTable.isZombie(pid);
    }
}
