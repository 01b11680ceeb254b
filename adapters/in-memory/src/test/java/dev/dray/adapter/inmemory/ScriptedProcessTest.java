package dev.dray.adapter.inmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.port.inbound.ObserveModelLog;
import dev.dray.port.outbound.ModelProcess.Exit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptedProcessTest {
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final ScriptedProcess process = new ScriptedProcess();
    private final List<String> told = new ArrayList<>();
    private final ObserveModelLog log = new ObserveModelLog() {
        @Override
        public void runBegan(String source) {
            told.add("run of " + source);
        }

        @Override
        public void line(LogLine line) {
            told.add(line.number() + ": " + line.text());
        }

        @Override
        public void caughtUp() {
            told.add("caught up");
        }
    };

    private void start() {
        process.start(log, (Exit exit) -> told.add(exit.how() + " " + exit.lastLines()));
    }

    @Test
    void tellsItsRunItsLinesAndItsEndInOrder() {
        start();
        process.say("loading", "loaded");
        process.end("exited with status 1");

        assertThat(told)
                .containsExactly(
                        "run of scripted process",
                        "caught up",
                        "1: loading",
                        "2: loaded",
                        "exited with status 1 [loading, loaded]");
        assertThat(process.isRunning()).isFalse();
    }

    @Test
    void countsItsStartsAndTheLinesOfEachRun() {
        start();
        process.say("first");
        process.end("exited with status 1");
        start();
        process.say("second");

        assertThat(told).endsWith("1: second");
        assertThat(process.starts()).isEqualTo(2);
    }

    @Test
    void keepsTheLast500Lines() {
        start();
        for (int i = 1; i <= 501; i++) {
            process.say("line " + i);
        }
        told.clear();
        process.end("exited with status 1");

        assertThat(told).singleElement().asString().startsWith("exited with status 1 [line 2, line 3");
    }

    @Test
    void refusesToStartUntilItIsAllowed() {
        process.refuseStarts("no such file");
        start();
        assertThat(told).containsExactly("could not be started: no such file []");

        process.allowStarts();
        start();
        assertThat(process.isRunning()).isTrue();
        assertThat(process.starts()).isEqualTo(2);
    }

    @Test
    void stopsAtOnceAndTellsItsEndFirst() {
        start();
        told.clear();
        process.stop(GRACE, () -> told.add("stopped"));

        assertThat(told).containsExactly("was killed by signal 15 []", "stopped");
        assertThat(process.graces()).containsExactly(GRACE);
    }

    @Test
    void stopOfNothingIsDoneAtOnce() {
        process.stop(GRACE, () -> told.add("stopped"));

        assertThat(told).containsExactly("stopped");
    }

    @Test
    void holdsStopsUntilTheyAreFinished() {
        process.holdStops();
        start();
        told.clear();
        process.stop(GRACE, () -> told.add("stopped"));
        assertThat(told).isEmpty();
        assertThat(process.isRunning()).isTrue();

        process.finishStops();
        process.finishStops();

        assertThat(told).containsExactly("was killed by signal 15 []", "stopped");
    }

    @Test
    void saysWhatATestForgot() {
        assertThatThrownBy(() -> process.say("hello")).hasMessageContaining("no scripted process runs to write to");
        start();
        assertThatThrownBy(this::start).hasMessageContaining("runs already");
    }
}
