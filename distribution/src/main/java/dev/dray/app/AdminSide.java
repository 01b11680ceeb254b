package dev.dray.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dray.app.admin.Access;
import dev.dray.app.admin.AdminGate;
import dev.dray.app.admin.LogLevels;
import dev.dray.app.admin.StatusPage;
import dev.dray.app.admin.history.WorkerHistory;
import dev.dray.app.admin.live.Composer;
import dev.dray.app.admin.live.LiveEvents;
import dev.dray.app.admin.log.ModelLines;
import dev.dray.app.config.Config;
import dev.dray.port.inbound.ReadWorker;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The worker's side towards the operator.
///
/// @param gate    answers at the admin listener
/// @param events  for those who watch it live; closed before the listener, so that they hear the end
record AdminSide(AdminGate gate, LiveEvents events) implements AutoCloseable {
    private static final Instant STARTED =
            ProcessHandle.current().info().startInstant().orElseGet(Instant::now);

    /// What is kept from the first moment on, before there is a worker.
    record Memory(WorkerHistory history, ModelLines lines) {
        static Memory of(RealTime time) {
            return new Memory(new WorkerHistory(time, time.clock()), new ModelLines(time, time.clock()));
        }
    }

    /// What the answers are made of.
    ///
    /// @param details adds what adapters know to the status
    /// @param metrics the page of metrics
    record Sources(ReadWorker worker, Consumer<ObjectNode> details, Supplier<String> metrics) {}

    /// Begins to look at a worker whose events the memory's history hears.
    static AdminSide of(WorkerProgram.Setup setup, Memory memory, Sources sources, RealTime time) {
        memory.history().observe(sources.worker());
        var status = new StatusPage(
                sources.worker(),
                time.clock(),
                new StatusPage.Additions(
                        root -> {
                            root.put("started", STARTED.toString());
                            sources.details().accept(root);
                            memory.history().describe(root);
                            root.put("logging", logging(setup));
                        },
                        new StatusSettings(setup)));
        LiveEvents events = LiveEvents.start(
                new Composer.Sources(memory.history(), memory.lines(), status::moving, time.clock()), time);
        memory.history().ring(events::ring);
        Config.Admin admin = setup.config().admin();
        var gate = new AdminGate(
                new Access(admin.token(), admin.isOnLoopback()),
                new AdminGate.Sources(
                        sources.worker(), sources.metrics(), status, memory.history(), memory.lines(), events),
                setup.logLevels());
        return new AdminSide(gate, events);
    }

    private static String logging(WorkerProgram.Setup setup) {
        return setup.logLevels()
                .map(LogLevels::levels)
                .map(levels -> levels.get("dev.dray"))
                .orElseGet(() -> setup.config().logLevel().name().toLowerCase(Locale.ROOT));
    }

    @Override
    public void close() {
        events.close();
    }
}
