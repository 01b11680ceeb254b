package dev.dray.benchmark;

import dev.dray.benchmark.stand.Asking;
import dev.dray.benchmark.stand.Contender;
import dev.dray.benchmark.stand.Direct;
import dev.dray.benchmark.stand.ModelProcess;
import dev.dray.benchmark.stand.Nginx;
import dev.dray.benchmark.stand.Platform;
import dev.dray.benchmark.stand.Worker;
import dev.dray.benchmark.stand.WorkerPlan;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Starts what is measured.
final class StandBuilder {
    // As many files as every process may open here, of which a proxy needs two for each stream.
    private static final int CONNECTIONS = 19_000;

    private final String mainClass;
    private final int modelPort;
    private final String settings;

    StandBuilder(String mainClass, int modelPort, String settings) {
        this.mainClass = mainClass;
        this.modelPort = modelPort;
        this.settings = settings;
    }

    /// Workers of our own, as the platform starts them.
    Stand with(List<Path> homes, List<String> javaOptions, boolean withNginx) throws IOException {
        Path folder = Files.createTempDirectory("dray-benchmark-");
        ModelProcess model = ModelProcess.start(mainClass, modelPort);
        Platform platform = Platform.open();
        var contenders = new ArrayList<Contender>(List.of(new Direct("direct", model.address())));
        var closing = new ArrayList<Runnable>();
        Optional<Path> nginx = withNginx ? Nginx.find() : Optional.empty();
        if (nginx.isPresent()) {
            var started = Nginx.start(nginx.get(), model.address(), CONNECTIONS, folder);
            contenders.add(started);
            closing.add(started::close);
        }
        for (WorkerPlan plan : plans(homes, javaOptions)) {
            Worker worker = Worker.launch(plan, model.url(), platform, folder);
            closing.add(worker::close);
            worker.modelIsLoaded();
            worker.awaitReady();
            contenders.add(worker);
        }
        closing.add(platform::close);
        return new Stand(
                Machine.describe(nginx),
                folder,
                model,
                Asking.signed(platform, "http://127.0.0.1:3000"),
                contenders,
                closing);
    }

    private List<WorkerPlan> plans(List<Path> homes, List<String> javaOptions) {
        int count = Math.max(homes.size(), javaOptions.size());
        var plans = new ArrayList<WorkerPlan>();
        for (int i = 0; i < count; i++) {
            plans.add(new WorkerPlan(
                    count == 1 ? "worker" : "worker-" + (i + 1),
                    homes.get(Math.min(i, homes.size() - 1)).toAbsolutePath(),
                    i < javaOptions.size() ? javaOptions.get(i) : "",
                    settings));
        }
        return plans;
    }

    /// A server that somebody else has put before our model server; it is asked without envelope.
    Stand beside(String url) throws IOException {
        ModelProcess model = ModelProcess.start(mainClass, modelPort);
        URI uri = URI.create(url);
        return new Stand(
                Machine.describe(Optional.empty()) + "\nasked at " + url + "; its model server is " + model.url(),
                Files.createTempDirectory("dray-benchmark-"),
                model,
                Asking.plain(),
                List.of(
                        new Direct("direct", model.address()),
                        new Direct("url", new InetSocketAddress(uri.getHost(), uri.getPort()))),
                List.of());
    }
}
