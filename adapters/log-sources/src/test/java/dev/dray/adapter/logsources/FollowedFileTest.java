package dev.dray.adapter.logsources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.adapter.logsources.FollowedFile.From;
import dev.dray.port.inbound.ObserveModelLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowedFileTest {
    private final RecordingObserver observer = new RecordingObserver();
    private final Path log;

    FollowedFileTest(@TempDir Path folder) {
        log = folder.resolve("vllm.log");
    }

    @Test
    void tellsOldLinesThenNewOnesThenThoseOfTheNextRun() throws Exception {
        Files.writeString(log, "loading\n");
        try (var _ = FollowedFile.start(log, From.START, observer)) {
            observer.await("caught up");
            append("ready\n");
            observer.await("2 ready");
            append("last words\n");
            Files.move(log, log.resolveSibling("vllm.log.old"));
            Files.writeString(log, "loading again\n");
            observer.await("1 loading again");
        }

        assertThat(observer.notes())
                .containsExactly(
                        "run",
                        "1 loading (old)",
                        "caught up",
                        "2 ready",
                        "3 last words",
                        "run",
                        "caught up",
                        "1 loading again");
    }

    @Test
    void waitsForAFileThatIsAbsent() throws Exception {
        try (var _ = FollowedFile.start(log, From.START, observer)) {
            append("loading\n");
            observer.await("1 loading");
            observer.await("caught up");
        }

        // Whether the file counts as old depends on who was first, the follower or the test.
        assertThat(observer.notes()).contains("run", "caught up");
    }

    @Test
    void readsOnWhereItsObserverFails() throws Exception {
        Files.writeString(log, "one\ntwo\n");
        try (var _ = FollowedFile.start(log, From.START, new FailingObserver(observer))) {
            observer.await("caught up");
            append("three\n");
            observer.await("3 three");
        }

        assertThat(observer.notes()).containsExactly("run", "1 one (old)", "2 two (old)", "caught up", "3 three");
    }

    @Test
    void endsItsThreadWhenClosed() throws Exception {
        Files.writeString(log, "one\n");
        var reader = new CompletableFuture<Thread>();
        var followed =
                FollowedFile.start(log, From.START, new HookedObserver(() -> reader.complete(Thread.currentThread())));
        Thread thread = reader.get(20, TimeUnit.SECONDS);
        assertThat(thread.getName()).isEqualTo("dray-log");

        followed.close();
        followed.close();

        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void mayBeClosedByItsObserver() throws Exception {
        Files.writeString(log, "one\n");
        var followed = new CompletableFuture<FollowedFile>();
        var closed = new CountDownLatch(1);
        followed.complete(FollowedFile.start(log, From.START, new HookedObserver(() -> {
            followed.join().close();
            closed.countDown();
        })));

        assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
        followed.join().close();
    }

    private void append(String text) throws Exception {
        Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /// Does something with each line.
    private record HookedObserver(Runnable hook) implements ObserveModelLog {
        @Override
        public void runBegan(String source) {}

        @Override
        public void line(LogLine line) {
            hook.run();
        }

        @Override
        public void caughtUp() {}
    }

    /// Hears everything, and throws each time.
    private record FailingObserver(ObserveModelLog observer) implements ObserveModelLog {
        @Override
        public void runBegan(String source) {
            observer.runBegan(source);
            throw new IllegalStateException("planted");
        }

        @Override
        public void line(LogLine line) {
            observer.line(line);
            throw new IllegalStateException("planted");
        }

        @Override
        public void caughtUp() {
            observer.caughtUp();
            throw new IllegalStateException("planted");
        }
    }
}
