package dev.dray.app.config;

import dev.dray.app.config.Config.HealthProbes;
import dev.dray.app.config.Config.Model;
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
        reader.find(Keys.MODEL_SERVERS);
        Optional<Setting<List<String>>> command = reader.find(Keys.MODEL_COMMAND);
        Optional<Setting<OrNone<String>>> logFile = reader.find(Keys.MODEL_LOG_FILE);
        refuseBoth(command, logFile);
        Optional<OrNone<String>> health =
                reader.value(Keys.MODEL_HEALTH).or(() -> reader.value(Keys.MODEL_HEALTH_PATH));
        var probes = new HealthProbes(
                reader.get(Keys.MODEL_HEALTH_INTERVAL).value(),
                reader.get(Keys.MODEL_HEALTH_RETRY).value(),
                reader.get(Keys.MODEL_HEALTH_TIME_OUT).value(),
                reader.get(Keys.MODEL_HEALTH_DOWN).value(),
                reader.get(Keys.MODEL_HEALTH_UP).value());
        return new Model(
                reader.value(Keys.MODEL_URL),
                logFile.map(said -> new OrNone<>(
                        said.value().value().map(text -> paths.resolve(new Setting<>(text, said.origin()))))),
                reader.get(Keys.MODEL_LOG_FROM).value(),
                health,
                probes,
                reader.value(Keys.MODEL_NAME),
                reader.get(Keys.MODEL_KEEP_ALIVE).value(),
                reader.value(Keys.MODEL_HEADERS).orElse(List.of()),
                reader.value(Keys.MODEL_FORWARD_HEADERS).orElse(List.of()),
                command.map(Setting::value).orElse(List.of()));
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
