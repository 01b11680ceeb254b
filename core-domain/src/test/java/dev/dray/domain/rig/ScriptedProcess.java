package dev.dray.domain.rig;

import dev.dray.port.inbound.ObserveModelLog;
import dev.dray.port.inbound.ObserveModelLog.LogLine;
import dev.dray.port.outbound.ModelProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// A process that speaks and ends when a test says so.
public final class ScriptedProcess implements ModelProcess {
    public static final String COMMAND = "vllm serve";

    private final List<Duration> graces = new ArrayList<>();
    private final List<Runnable> stopping = new ArrayList<>();
    private Optional<Run> running = Optional.empty();
    private boolean canStart = true;
    private boolean stopsInline = true;
    private int starts;

    private static final class Run {
        private final ObserveModelLog log;
        private final Consumer<Exit> ended;
        private long lines;

        Run(ObserveModelLog log, Consumer<Exit> ended) {
            this.log = log;
            this.ended = ended;
        }
    }

    /// From now on a start fails, before `start` returns.
    public void cannotStart() {
        canStart = false;
    }

    /// From now on a stop takes until [#letStop()].
    public void holdStops() {
        stopsInline = false;
    }

    @Override
    public void start(ObserveModelLog log, Consumer<Exit> ended) {
        if (running.isPresent()) {
            throw new AssertionError("one process at a time");
        }
        starts++;
        if (!canStart) {
            ended.accept(new Exit("could not be started: no such file", List.of()));
            return;
        }
        running = Optional.of(new Run(log, ended));
        log.runBegan(COMMAND);
    }

    @Override
    public void stop(Duration grace, Runnable done) {
        graces.add(grace);
        stopping.add(done);
        if (stopsInline) {
            letStop();
        }
    }

    /// What is being stopped ends.
    public void letStop() {
        if (running.isPresent()) {
            end("was killed by signal 15");
        }
        var all = List.copyOf(stopping);
        stopping.clear();
        all.forEach(Runnable::run);
    }

    public void say(String text) {
        Run run = running.orElseThrow();
        run.log.line(new LogLine(++run.lines, text, false));
    }

    public void end(String how, String... lastLines) {
        Run run = running.orElseThrow();
        running = Optional.empty();
        run.ended.accept(new Exit(how, List.of(lastLines)));
    }

    public boolean isRunning() {
        return running.isPresent();
    }

    public int starts() {
        return starts;
    }

    /// The grace of each stop asked for.
    public List<Duration> graces() {
        return graces;
    }
}
