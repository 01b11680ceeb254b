package dev.dray.app.admin.log;

import dev.dray.port.inbound.ObserveModelLog;
import dev.dray.port.outbound.ModelProcess;
import java.time.Duration;
import java.util.function.Consumer;

/// A model server's process whose output is kept.
record WatchedProcess(ModelLines lines, int server, ModelProcess process) implements ModelProcess {
    @Override
    public void start(ObserveModelLog log, Consumer<Exit> ended) {
        process.start(new WatchedLog(lines, server, log), ended);
    }

    @Override
    public void stop(Duration grace, Runnable done) {
        process.stop(grace, done);
    }
}
