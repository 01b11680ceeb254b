package dev.dray.port.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.port.inbound.ObserveModelLog;
import dev.dray.port.outbound.ModelProcess;
import dev.dray.port.outbound.ModelProcess.Exit;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What every [ModelProcess] promises. A minute guards each test against one that tells nothing.
@Timeout(60)
public abstract class ModelProcessContract {
    private static final Duration GRACE = Duration.ofSeconds(20);
    private static final String EXIT = "exit";

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> spoken = new CompletableFuture<>();

    /// Prints the lines `one` and `two`, then ends with status 3.
    protected abstract ModelProcess ending();

    /// Prints the lines `one` and `two`, then runs until it is stopped.
    protected abstract ModelProcess lasting();

    /// Cannot be started.
    protected abstract ModelProcess unstartable();

    /// Lets a process do what it is said to do, where it does nothing by itself. Called after each
    /// start.
    protected void play(ModelProcess process) {}

    @Test
    void tellsItsRunThenItsLinesThenItsEnd() throws Exception {
        Exit exit = ended(ending());

        assertThat(exit.how()).isEqualTo("exited with status 3");
        assertThat(exit.lastLines()).containsExactly("one", "two");
        assertThat(told.getFirst()).isEqualTo("run");
        assertThat(told)
                .containsSubsequence("1 one", "2 two", EXIT)
                .endsWith(EXIT)
                .containsOnlyOnce("run", EXIT);
    }

    @Test
    void countsTheLinesOfEachRunAnew() throws Exception {
        ModelProcess process = ending();
        ended(process);
        told.clear();
        ended(process);

        assertThat(told).containsSubsequence("run", "1 one", "2 two", EXIT);
    }

    @Test
    void tellsAStopOnceTheEndWasTold() throws Exception {
        ModelProcess process = lasting();
        CompletableFuture<Exit> ended = started(process);
        spoken.get(60, TimeUnit.SECONDS);
        var stopped = new CompletableFuture<Void>();

        process.stop(GRACE, () -> stopped.complete(null));
        stopped.get(60, TimeUnit.SECONDS);

        assertThat(ended.get(60, TimeUnit.SECONDS).how()).isNotBlank();
        assertThat(told).containsOnlyOnce(EXIT);
    }

    @Test
    void hasNothingToStopWhereNothingRuns() throws Exception {
        var stopped = new CompletableFuture<Void>();

        lasting().stop(GRACE, () -> stopped.complete(null));

        assertThat(stopped.get(60, TimeUnit.SECONDS)).isNull();
        assertThat(told).isEmpty();
    }

    @Test
    void tellsThatItCouldNotBeStarted() throws Exception {
        var ended = new CompletableFuture<Exit>();

        unstartable().start(new Notes(), ended::complete);

        assertThat(ended.get(60, TimeUnit.SECONDS).how()).startsWith("could not be started: ");
        assertThat(told).doesNotContain("run");
    }

    private Exit ended(ModelProcess process) throws Exception {
        return started(process).get(60, TimeUnit.SECONDS);
    }

    private CompletableFuture<Exit> started(ModelProcess process) {
        var ended = new CompletableFuture<Exit>();
        process.start(new Notes(), exit -> {
            told.add(EXIT);
            ended.complete(exit);
        });
        play(process);
        return ended;
    }

    private final class Notes implements ObserveModelLog {
        @Override
        public void runBegan(String source) {
            told.add("run");
        }

        @Override
        public void line(LogLine line) {
            told.add(line.number() + " " + line.text());
            if (line.text().equals("two")) {
                spoken.complete(null);
            }
        }

        @Override
        public void caughtUp() {
            // Where nothing was there before, there is nothing to catch up with.
        }
    }
}
