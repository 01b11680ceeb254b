package dev.dray.app.config;

import dev.dray.app.config.Config.HealthProbes;
import dev.dray.app.config.Config.Model;
import dev.dray.app.config.Config.Server;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Settles what the operator says of the model server.
final class ModelReader {
    private final SettingReader reader;
    private final Paths paths;

    ModelReader(SettingReader reader, Paths paths) {
        this.reader = reader;
        this.paths = paths;
    }

    Model read() {
        List<Server> servers = servers();
        Optional<Setting<List<String>>> command = reader.find(Keys.MODEL_COMMAND);
        Optional<Setting<OrNone<String>>> logFile = reader.find(Keys.MODEL_LOG_FILE);
        refuseBoth(command, logFile);
        refuseOneForAll(command, servers.size());
        Optional<OrNone<String>> health =
                reader.value(Keys.MODEL_HEALTH).or(() -> reader.value(Keys.MODEL_HEALTH_PATH));
        var probes = new HealthProbes(
                reader.get(Keys.MODEL_HEALTH_INTERVAL).value(),
                reader.get(Keys.MODEL_HEALTH_RETRY).value(),
                reader.get(Keys.MODEL_HEALTH_TIME_OUT).value(),
                reader.get(Keys.MODEL_HEALTH_DOWN).value(),
                reader.get(Keys.MODEL_HEALTH_UP).value());
        return new Model(
                servers,
                logFile.map(said -> resolved(said.value(), said.origin())),
                reader.get(Keys.MODEL_LOG_FROM).value(),
                health,
                probes,
                reader.value(Keys.MODEL_NAME),
                reader.get(Keys.MODEL_KEEP_ALIVE).value(),
                reader.value(Keys.MODEL_HEADERS).orElse(List.of()),
                reader.value(Keys.MODEL_FORWARD_HEADERS).orElse(List.of()),
                command.map(Setting::value).orElse(List.of()));
    }

    private List<Server> servers() {
        Optional<Setting<List<ServerKinds.Entry>>> urls = reader.find(Keys.MODEL_URL);
        Optional<Setting<List<ServerKinds.Entry>>> groups = reader.find(Keys.MODEL_SERVERS);
        if (urls.isPresent() && groups.isPresent()) {
            reader.problem(new Problem(
                    groups.get().origin(),
                    Keys.MODEL_SERVERS.path(),
                    "it beside 'model.url'",
                    "one of the two",
                    "remove one"));
        }
        return groups.or(() -> urls)
                .map(said -> said.value().stream()
                        .map(entry -> new Server(
                                entry.url(),
                                entry.logFile().map(file -> resolved(file, said.origin())),
                                entry.health(),
                                entry.command()))
                        .toList())
                .orElse(List.of());
    }

    private OrNone<Path> resolved(OrNone<String> file, Origin origin) {
        return new OrNone<>(file.value().map(text -> paths.resolve(new Setting<>(text, origin))));
    }

    private void refuseOneForAll(Optional<Setting<List<String>>> command, int servers) {
        if (command.isPresent() && servers > 1) {
            reader.problem(new Problem(
                    command.get().origin(),
                    Keys.MODEL_COMMAND.path(),
                    "one command for %d model servers".formatted(servers),
                    "one for each",
                    "move it under 'model.servers'"));
        }
    }

    private void refuseBoth(Optional<Setting<List<String>>> command, Optional<Setting<OrNone<String>>> logFile) {
        if (command.isPresent()
                && logFile.isPresent()
                && logFile.get().value().value().isPresent()) {
            reader.problem(new Problem(
                    logFile.get().origin(),
                    Keys.MODEL_LOG_FILE.path(),
                    "a file beside 'model.command'",
                    "one of the two: what the command prints is the log",
                    "remove one"));
        }
    }
}
