package dev.dray.app;

import dev.dray.adapter.logsources.OwnProcess;
import dev.dray.adapter.logsources.ProcessSettings;
import dev.dray.adapter.modelclient.CallbackSettings;
import dev.dray.adapter.modelclient.HttpCallbackSender;
import dev.dray.adapter.modelclient.HttpModelServers;
import dev.dray.adapter.modelclient.ModelClientSettings;
import dev.dray.adapter.telemetry.PrometheusTelemetry;
import dev.dray.app.admin.log.ModelLines;
import dev.dray.app.config.Config;
import dev.dray.app.config.Secrets;
import dev.dray.app.plugin.Assembly;
import dev.dray.app.plugin.LocalRoutes;
import dev.dray.app.plugin.MappedAnswers;
import dev.dray.app.plugin.ModelLocation;
import dev.dray.port.outbound.ModelProcess;
import dev.dray.port.outbound.ModelServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The worker's side towards the model server.
///
/// @param client    asks it
/// @param carrier   takes all requests: to the client, or to what a plugin answers inside the worker
/// @param callbacks tells it, or others, that a session has closed
/// @param processes the model servers' processes, in the plan's order; nothing where somebody else runs one
public record ModelSide(
        HttpModelServers client,
        ModelServer carrier,
        HttpCallbackSender callbacks,
        List<Optional<OwnProcess>> processes)
        implements AutoCloseable {
    /// @param telemetry looks at what the model servers answer
    static ModelSide of(WorkerProgram.Setup setup, RealTime time, PrometheusTelemetry telemetry) {
        HttpModelServers client = client(setup.assembled(), setup.version(), time);
        ModelLocation model = setup.assembled().model();
        var callbacks = new HttpCallbackSender(new CallbackSettings(
                model.servers().stream().map(ModelLocation.Server::url).toList(),
                setup.config().security().allowPrivateCallbacks(),
                setup.version()));
        List<Optional<OwnProcess>> processes = model.servers().stream()
                .map(server -> Optional.of(server.command())
                        .filter(command -> !command.isEmpty())
                        .map(command -> new OwnProcess(
                                ProcessSettings.of(command.toArray(String[]::new))
                                        .without(Secrets.variables()),
                                setup.modelOutput(),
                                time)))
                .toList();
        ModelServer carrier = carrier(setup.config(), setup.assembled(), telemetry.measured(client));
        return new ModelSide(client, carrier, callbacks, processes);
    }

    /// What asks the model servers.
    public static HttpModelServers client(Assembly.Complete assembled, String version, RealTime time) {
        return new HttpModelServers(settings(assembled.model(), version), time);
    }

    /// Takes all requests: to the client, or to what a plugin answers inside the worker. To the core all of it is the
    /// model servers.
    public static ModelServer carrier(Config config, Assembly.Complete assembled, ModelServer client) {
        Set<String> telling = config.handlers().stream()
                .filter(Config.Handler::streamErrorEvent)
                .map(Config.Handler::route)
                .collect(Collectors.toUnmodifiableSet());
        var mapped = new MappedAnswers(assembled.mapped(), config.limits().bodyBytes(), client);
        var local = new LocalRoutes(assembled.local(), mapped);
        return telling.isEmpty() ? local : new StreamErrorEvents(telling, local);
    }

    private static List<ModelClientSettings> settings(ModelLocation model, String version) {
        return model.servers().stream()
                .map(server -> new ModelClientSettings(
                        server.url(),
                        version,
                        model.keepAlive(),
                        model.maxConnections(),
                        model.headers(),
                        model.forwardHeaders(),
                        server.health(),
                        model.healthTimeOut()))
                .toList();
    }

    /// For the core, which asks one only where there is one.
    ///
    /// @param lines keeps what they print
    List<ModelProcess> startable(ModelLines lines) {
        var startable = new ArrayList<ModelProcess>();
        for (int place = 0; place < processes.size(); place++) {
            Optional<OwnProcess> process = processes.get(place);
            startable.add(process.isEmpty() ? new NoProcess() : lines.watching(place, process.get()));
        }
        return startable;
    }

    /// Ends the model servers that this worker has started, all at once: within a second or so, whatever it
    /// takes.
    void endProcesses() {
        List<Thread> ends = processes.stream()
                .flatMap(Optional::stream)
                .map(process -> Thread.ofVirtual().name("dray-model-end").start(process::close))
                .toList();
        try {
            for (Thread end : ends) {
                end.join();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        endProcesses();
        callbacks.close();
        client.close();
    }
}
