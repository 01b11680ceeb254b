package dev.dray.benchmark;

import dev.dray.benchmark.scenario.Scenarios;
import dev.dray.benchmark.stand.Asking;
import dev.dray.benchmark.stand.Contender;
import dev.dray.benchmark.stand.Direct;
import dev.dray.benchmark.stand.ModelProcess;
import dev.dray.benchmark.stand.Nginx;
import dev.dray.benchmark.stand.Platform;
import dev.dray.benchmark.stand.Worker;
import dev.dray.benchmark.stand.WorkerPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// All that runs while it is measured: the model server first, then whoever stands before it.
final class Stand implements AutoCloseable {
    // What the requests say that the worker is known by: the same for all, so that they all get the same bytes.
    private static final String WORKER_URL = "http://127.0.0.1:3000";

    private final Path folder;
    private final ModelProcess model;
    private final List<Contender> contenders = new ArrayList<>();
    private final List<Contender> workers = new ArrayList<>();
    private final Deque<Runnable> closing = new ArrayDeque<>();
    private Optional<Path> nginx = Optional.empty();
    private Asking asking = Asking.plain();

    /// @param mainClass takes the command `model`
    private Stand(String mainClass, int modelPort) throws IOException {
        this.folder = Files.createTempDirectory("dray-benchmark-");
        this.model = ModelProcess.start(mainClass, modelPort);
        contenders.add(new Direct("direct", model.address(), Optional.empty()));
        // Ctrl-C must not leave workers behind.
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::endProcesses));
    }

    /// Workers of our own, as the platform starts them.
    static Stand of(String mainClass, int modelPort, List<WorkerPlan> plans, boolean withNginx) throws IOException {
        var stand = new Stand(mainClass, modelPort);
        try {
            if (withNginx) {
                stand.startNginx();
            }
            Platform platform = Platform.open();
            stand.closing.push(platform::close);
            stand.asking = Asking.signed(platform, WORKER_URL);
            for (WorkerPlan plan : plans) {
                stand.start(plan, platform);
            }
            return stand;
        } catch (IOException fault) {
            stand.close();
            throw fault;
        }
    }

    /// A server that somebody else has put before our model server; it is asked without envelope.
    ///
    /// @param process whose use is counted
    static Stand beside(String mainClass, int modelPort, URI url, Optional<ProcessHandle> process) throws IOException {
        var stand = new Stand(mainClass, modelPort);
        stand.contenders.add(new Direct("url", new InetSocketAddress(url.getHost(), url.getPort()), process));
        return stand;
    }

    private void startNginx() throws IOException {
        nginx = Nginx.find();
        if (nginx.isPresent()) {
            Nginx started = Nginx.start(nginx.get(), model.address(), Scenarios.MOST_STREAMS, folder);
            closing.push(started::close);
            contenders.add(started);
        }
    }

    private void start(WorkerPlan plan, Platform platform) throws IOException {
        Worker worker = Worker.launch(Packages.unpacked(plan, folder), model.url(), platform, folder);
        closing.push(worker::close);
        worker.modelIsLoaded();
        worker.awaitReady();
        contenders.add(worker);
        workers.add(worker);
    }

    ModelProcess model() {
        return model;
    }

    Asking asking() {
        return asking;
    }

    /// In the order they are reported.
    List<Contender> contenders() {
        return contenders;
    }

    List<Contender> workers() {
        return workers;
    }

    String machine() throws IOException {
        return Machine.describe(nginx);
    }

    private void endProcesses() {
        closing.forEach(Runnable::run);
        model.close();
    }

    @Override
    public void close() {
        endProcesses();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException left) {
            throw new UncheckedIOException("cannot remove " + folder, left);
        }
    }
}
