package dev.dray.app;

import dev.dray.adapter.logsources.OwnProcess;
import dev.dray.adapter.logsources.ProcessSettings;
import dev.dray.adapter.modelclient.CallbackSettings;
import dev.dray.adapter.modelclient.HttpCallbackSender;
import dev.dray.adapter.modelclient.HttpModelServer;
import dev.dray.adapter.modelclient.ModelClientSettings;
import dev.dray.app.config.Config;
import dev.dray.app.plugin.LocalRoutes;
import dev.dray.app.plugin.MappedAnswers;
import dev.dray.app.plugin.ModelLocation;
import dev.dray.port.outbound.ModelProcess;
import dev.dray.port.outbound.ModelServer;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The worker's side towards the model server.
///
/// @param client    asks it
/// @param carrier   takes all requests: to the client, or to what a plugin answers inside the worker
/// @param callbacks tells it, or others, that a session has closed
/// @param process   the model server's process; empty where somebody else runs it
record ModelSide(
        HttpModelServer client, ModelServer carrier, HttpCallbackSender callbacks, Optional<OwnProcess> process)
        implements AutoCloseable {
    static ModelSide of(WorkerProgram.Setup setup, RealTime time) {
        var client = new HttpModelServer(settings(setup), time);
        ModelLocation model = setup.assembled().model();
        var callbacks = new HttpCallbackSender(
                new CallbackSettings(model.url(), setup.config().security().allowPrivateCallbacks(), setup.version()));
        Optional<OwnProcess> process = Optional.of(model.command())
                .filter(command -> !command.isEmpty())
                .map(command ->
                        new OwnProcess(ProcessSettings.of(command.toArray(String[]::new)), setup.modelOutput(), time));
        return new ModelSide(client, carrier(setup, client), callbacks, process);
    }

    // To the core all of it is one model server.
    private static ModelServer carrier(WorkerProgram.Setup setup, HttpModelServer client) {
        Set<String> telling = setup.config().handlers().stream()
                .filter(Config.Handler::streamErrorEvent)
                .map(Config.Handler::route)
                .collect(Collectors.toUnmodifiableSet());
        var mapped = new MappedAnswers(
                setup.assembled().mapped(), setup.config().limits().bodyBytes(), client);
        var local = new LocalRoutes(setup.assembled().local(), mapped);
        return telling.isEmpty() ? local : new StreamErrorEvents(telling, local);
    }

    private static ModelClientSettings settings(WorkerProgram.Setup setup) {
        ModelLocation model = setup.assembled().model();
        return new ModelClientSettings(
                model.url(),
                setup.version(),
                model.keepAlive(),
                model.maxConnections(),
                model.headers(),
                model.forwardHeaders(),
                model.health(),
                model.healthTimeOut());
    }

    /// For the core, which asks it only where there is one.
    ModelProcess startable() {
        return process.<ModelProcess>map(own -> own).orElseGet(NoProcess::new);
    }

    @Override
    public void close() {
        process.ifPresent(OwnProcess::close);
        callbacks.close();
        client.close();
    }
}
