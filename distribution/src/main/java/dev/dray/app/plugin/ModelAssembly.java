package dev.dray.app.plugin;

import dev.dray.app.config.Config;
import dev.dray.app.config.Effective;
import dev.dray.app.config.OrNone;
import dev.dray.app.config.Origin;
import dev.dray.app.config.Problem;
import dev.dray.spi.ModelDefaults;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// Lays what the operator says of the model servers over what the plugin says of them.
final class ModelAssembly {
    private final Config config;
    private final PluginEntry plugin;
    private final Origin pluginOrigin;
    private final Notes notes;

    ModelAssembly(Config config, PluginEntry plugin, Notes notes) {
        this.config = config;
        this.plugin = plugin;
        this.pluginOrigin = new Origin.Plugin(plugin.id());
        this.notes = notes;
    }

    /// Where to leave what is worth telling.
    record Notes(List<Problem> problems, List<String> warnings, List<Effective> effective) {}

    /// Empty where a problem was told.
    Optional<ModelLocation> over(StartedBackend backend) {
        ModelDefaults said = backend.model();
        Config.Model own = config.model();
        if (own.health().isEmpty()) {
            note("model.health", said.health().orElse("none"));
        }
        if (own.name().isEmpty()) {
            note("model.name", said.name().orElse("none"));
        }
        List<ModelLocation.Server> servers = servers(backend);
        if (servers.isEmpty()) {
            return Optional.empty();
        }
        warnOfSharedHealth(servers);
        return Optional.of(new ModelLocation(
                servers,
                own.logFrom(),
                own.healthProbes().timeOut(),
                own.name().or(said::name),
                own.keepAlive(),
                own.headers(),
                new HashSet<>(own.forwardHeaders()),
                config.limits().modelConnections()));
    }

    private List<ModelLocation.Server> servers(StartedBackend backend) {
        Config.Model own = config.model();
        List<Config.Server> written = own.servers();
        if (written.isEmpty()) {
            written = pluginUrl(backend.model().url())
                    .map(url -> new Config.Server(url, Optional.empty(), Optional.empty(), List.of()))
                    .stream()
                    .toList();
        }
        var servers = new ArrayList<ModelLocation.Server>();
        Optional<Path> shared = sharedLogFile(backend);
        for (Config.Server one : written) {
            List<String> command = one.command().isEmpty() ? own.command() : one.command();
            servers.add(new ModelLocation.Server(
                    one.url(), logFile(backend, one, command, shared), health(backend.model(), one), command));
        }
        return servers;
    }

    private Optional<String> health(ModelDefaults said, Config.Server server) {
        Optional<OrNone<String>> own = server.health().or(config.model()::health);
        return own.map(OrNone::value).orElseGet(said::health).filter(text -> !text.isBlank());
    }

    // The output of a started process is its log. A life cycle stands in for a log, also for one the operator names.
    private Optional<Path> logFile(
            StartedBackend backend, Config.Server server, List<String> command, Optional<Path> shared) {
        if (!command.isEmpty()) {
            return Optional.empty();
        }
        if (backend.lifecycle().isPresent()) {
            server.logFile().flatMap(OrNone::value).ifPresent(this::warnOfUnread);
            return Optional.empty();
        }
        return server.logFile().isPresent() ? server.logFile().get().value() : shared;
    }

    private Optional<Path> sharedLogFile(StartedBackend backend) {
        Optional<OrNone<Path>> own = config.model().logFile();
        boolean started = !config.model().command().isEmpty();
        if (started || backend.lifecycle().isPresent()) {
            own.flatMap(OrNone::value).filter(_ -> !started).ifPresent(this::warnOfUnread);
            return Optional.empty();
        }
        return own.isPresent() ? own.get().value() : pluginLogFile(backend.model());
    }

    private void warnOfUnread(Path file) {
        notes.warnings()
                .add("'model.log-file' %s is not read: plugin %s says itself when the model is loaded"
                        .formatted(file, plugin.id()));
    }

    private void warnOfSharedHealth(List<ModelLocation.Server> servers) {
        long absolute = servers.stream()
                .flatMap(server -> server.health().stream())
                .filter(health -> !health.startsWith("/"))
                .count();
        long distinct = servers.stream()
                .flatMap(server -> server.health().stream())
                .filter(health -> !health.startsWith("/"))
                .distinct()
                .count();
        if (distinct < absolute) {
            notes.warnings()
                    .add("'model.health' is one URL for %d model servers: it cannot tell which is down; give a path"
                            .formatted(absolute));
        }
    }

    private Optional<URI> pluginUrl(String text) {
        note("model.url", text);
        try {
            URI url = URI.create(text);
            if (url.getHost() != null && url.getScheme() != null) {
                return Optional.of(url);
            }
        } catch (IllegalArgumentException notAUrl) {
            // Told below, with all that is no URL of a server.
        }
        notes.problems()
                .add(new Problem(
                        pluginOrigin, "model.url", "'" + text + "'", "a URL with scheme and host", "set 'model.url'"));
        return Optional.empty();
    }

    private Optional<Path> pluginLogFile(ModelDefaults said) {
        note("model.log-file", said.logFile().orElse("none"));
        try {
            return said.logFile().filter(text -> !text.isBlank()).map(Path::of);
        } catch (InvalidPathException notAPath) {
            notes.problems()
                    .add(new Problem(
                            pluginOrigin,
                            "model.log-file",
                            String.valueOf(notAPath.getMessage()),
                            "a path",
                            "set 'model.log-file'"));
            return Optional.empty();
        }
    }

    private void note(String key, String value) {
        notes.effective().add(new Effective(key, value, pluginOrigin));
    }
}
