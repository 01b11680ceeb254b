package dev.dray.app;

import dev.dray.adapter.statefiles.FileBenchmarkStore;
import dev.dray.adapter.telemetry.PrometheusTelemetry;
import dev.dray.app.admin.LogLevels;
import dev.dray.app.config.Config;
import dev.dray.app.plugin.Assembly;
import dev.dray.app.plugin.PluginEnd;
import dev.dray.domain.worker.Worker;
import dev.dray.domain.worker.WorkerPorts;
import dev.dray.port.outbound.Entrance;
import dev.dray.port.outbound.WorkerEvents;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// One running worker: its parts, wired, and their end in order.
public final class WorkerProgram {
    private static final System.Logger LOG = System.getLogger(WorkerProgram.class.getName());

    // Decision: whatever the platform does, a stop waits no longer for it.
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    // A callback may take 10 s, and so may a plugin's exit after it.
    private static final Duration AFTER_ABANDON = Duration.ofSeconds(20);

    private final Setup setup;
    private final RealTime time = new RealTime();
    private final ModelSide model;
    private final PlatformSide platform;
    private final Worker worker;
    private final AdminSide admin;
    private final Listeners listeners;
    private final ModelLogs logs;
    private final PrometheusTelemetry telemetry;

    /// What a worker is started from.
    ///
    /// @param config    all settings
    /// @param assembled the plugin's part with the settings laid over it
    /// @param version   of this program
    /// @param watcher   hears what the worker does, beside log, telemetry and platform
    /// @param modelOutput takes what a model server prints that the worker has started
    /// @param logLevels   of dray's own log; empty: they cannot be changed
    public record Setup(
            Config config,
            Assembly.Complete assembled,
            String version,
            WorkerEvents watcher,
            OutputStream modelOutput,
            Optional<LogLevels> logLevels) {}

    private WorkerProgram(Setup setup, StartTrouble trouble) throws InterruptedException {
        this.setup = setup;
        Config config = setup.config();
        this.platform = PlatformSide.of(config, statePrefix(config), time);
        this.telemetry = Meters.telemetry(setup, paths(), time);
        this.model = ModelSide.of(setup, time, telemetry);
        AdminSide.Memory memory = AdminSide.Memory.of(time);
        var hearers = new ArrayList<WorkerEvents>(
                List.of(new Carriers(), new EventLog(), telemetry, memory.history(), setup.watcher()));
        hearers.addAll(platform.listeners());
        this.worker = new Worker(
                setup.assembled().plan(),
                new WorkerPorts(
                        model.carrier(),
                        model.client(),
                        platform.protocol(),
                        new EventFanOut(hearers),
                        new FileBenchmarkStore(config.stateDir(), statePrefix(config)),
                        time,
                        time,
                        time.clock(),
                        model.callbacks(),
                        model.startable(memory.lines()),
                        RandomGenerator.getDefault(),
                        new SecureRandom()));
        telemetry.observe(worker);
        telemetry.tellFirstTokens(memory.history()::firstToken);
        Meters.bind(telemetry, model.client(), platform);
        Meters.bindRoutes(telemetry, setup.assembled().plan().routes());
        this.admin = AdminSide.of(
                setup,
                memory,
                new AdminSide.Sources(
                        worker, new StatusDetails(setup, worker, model.client(), platform), telemetry::scrape),
                time);
        this.listeners = Listeners.open(
                config,
                new Listeners.Gates(
                        worker,
                        worker.internal(),
                        admin.gate(),
                        setup.assembled().house().control()),
                time,
                trouble);
        telemetry.count(
                "dray.connections.refused",
                "Connections of clients closed at once: one address had too many",
                listeners.worker()::refusedConnections);
        worker.start();
        setup.assembled().house().sessions().of(worker);
        platform.start(worker);
        this.logs = ModelLogs.follow(setup.assembled().model(), worker, memory.lines());
    }

    /// Waits before another try to start.
    @FunctionalInterface
    public interface Patience {
        /// Waits, and says whether the start is to be given up.
        boolean isOver() throws InterruptedException;
    }

    /// Builds a worker and lets it take requests. What keeps it from listening, a taken port or a bad
    /// certificate, is told to the platform and tried again for as long as there is patience.
    ///
    /// @return empty where there is no patience left
    /// @throws InterruptedException if the thread was interrupted while it waited
    public static Optional<WorkerProgram> start(Setup setup, Patience patience) throws InterruptedException {
        Optional<StartBeacon> beacon = setup.config().platform().map(StartBeacon::new);
        try {
            return Optional.of(new WorkerProgram(setup, failure -> {
                LOG.log(Level.WARNING, "cannot start, trying again cause={0}", failure);
                beacon.ifPresent(sender -> sender.send(failure));
                if (patience.isOver()) {
                    throw new GivenUpException();
                }
            }));
        } catch (GivenUpException told) {
            PluginEnd.of(setup.assembled().local().plugin(), setup.assembled().backend());
            return Optional.empty();
        }
    }

    private Set<String> paths() {
        var paths = new HashSet<>(platform.protocol().routes().paths(Entrance.CLIENTS));
        setup.assembled().plan().routes().forEach(route -> paths.add(route.path()));
        paths.addAll(setup.assembled().plan().openPaths());
        return paths;
    }

    // Two workers on one machine share nothing in the state folder.
    private static String statePrefix(Config config) {
        String container = config.platform()
                .map(platform -> "-" + platform.containerId().orElseThrow())
                .orElse("");
        return config.worker().port() + container;
    }

    /// Every address in use, as lines for a person.
    public List<String> urls() {
        return listeners.urls(setup.config());
    }

    /// Ends in order: nothing new is admitted, what runs or waits is finished, the platform hears the
    /// last of it.
    ///
    /// @return whether every request was finished within the deadline
    public boolean drain() throws InterruptedException {
        Duration deadline = setup.config().drainDeadline();
        LOG.log(
                Level.INFO,
                "draining in_flight={0} queued={1} deadline={2}",
                worker.load().inFlight(),
                worker.load().queued(),
                deadline);
        var idle = new CountDownLatch(1);
        worker.drain(idle::countDown);
        boolean finished = idle.await(deadline.toMillis(), TimeUnit.MILLISECONDS);
        if (!finished) {
            LOG.log(
                    Level.WARNING,
                    "drain deadline passed in_flight={0} queued={1}",
                    worker.load().inFlight(),
                    worker.load().queued());
            worker.abandon();
            // Aborted requests end at once; then callbacks of sessions, and the model server's process or life cycle.
            boolean ended = idle.await(AFTER_ABANDON.toMillis(), TimeUnit.MILLISECONDS);
            LOG.log(Level.INFO, "abandoned ended={0}", ended);
        }
        platform.finish(LAST_WORDS);
        close();
        LOG.log(Level.INFO, "stopped");
        return finished;
    }

    /// Ends the model servers that this worker has started, as the very last thing: within a second,
    /// whatever it takes.
    public void endModelServer() {
        model.endProcesses();
    }

    private void close() {
        logs.close();
        admin.close();
        listeners.close();
        model.close();
        platform.close();
        telemetry.close();
        time.close();
        PluginEnd.of(setup.assembled().local().plugin(), setup.assembled().backend());
    }
}
