package dev.dray.app;

import dev.dray.port.inbound.ObserveModelLog;
import dev.dray.port.outbound.ModelProcess;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// Starts nothing: somebody else runs the model server.
final class NoProcess implements ModelProcess {
    @Override
    public void start(ObserveModelLog log, Consumer<Exit> ended) {
        ended.accept(new Exit("could not be started: no command is configured", List.of()));
    }

    @Override
    public void stop(Duration grace, Runnable done) {
        done.run();
    }
}
