package dev.dray.domain.rig;

import dev.dray.port.inbound.ObserveModelLog;
import dev.dray.port.outbound.ModelProcess;
import java.time.Duration;
import java.util.function.Consumer;

/// For tests in which somebody else runs the model server.
public final class NoProcess implements ModelProcess {
    @Override
    public void start(ObserveModelLog log, Consumer<Exit> ended) {
        throw new AssertionError("the model server is not the worker's to start");
    }

    @Override
    public void stop(Duration grace, Runnable done) {
        throw new AssertionError("the model server is not the worker's to stop");
    }
}
