package dev.dray.app.config;

import dev.dray.app.config.Config.ControlPlane;
import dev.dray.app.config.Config.Limits;
import dev.dray.app.config.Config.LogActions;
import dev.dray.app.config.Config.Model;
import dev.dray.app.config.Config.Platform;
import dev.dray.app.config.Config.TimeOuts;
import dev.dray.app.config.YamlValue.Group;
import dev.dray.app.config.YamlValue.Place;
import dev.dray.model.JsonValue;
import dev.dray.model.JsonValue.JsonObject;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/// Reads the settings of one worker: file, environment and flags, all mistakes at once.
public final class Configs {
    private static final Set<String> FOR_PLUGINS = Set.of("model", "handlers", "log-actions");

    private final Inputs inputs;
    private final List<Problem> problems = new ArrayList<>();
    private final FileSettings file;
    // What is missing is told only of a file that could be read.
    private final boolean isReadable;
    private final JsonObject pluginSettings;
    private final SettingReader reader;

    private Configs(Inputs inputs) {
        this.inputs = inputs;
        String fileName = inputs.file().map(Path::toString).orElse("");
        String text = inputs.file().map(this::text).orElse("");
        Group document = inputs.file().isPresent()
                ? new YamlReader(fileName, problems).read(text)
                : new Group(Place.NOWHERE, List.of());
        this.isReadable = problems.isEmpty() || !document.members().isEmpty();
        this.file = new FileSettings(fileName, text, problems);
        file.take(document);
        this.pluginSettings = pluginSettings(document);
        this.reader = new SettingReader(file, file.top(), inputs, problems);
    }

    /// Reads and checks everything.
    public static Loaded load(Inputs inputs) {
        return new Configs(inputs).load();
    }

    private Loaded load() {
        var paths = new Paths(inputs);
        var listeners = new ListenerReader(reader, paths, inputs.environment());
        ControlPlane mode = listeners.controlPlane();
        Optional<String> backend = backend();
        OptionalDouble capacity = reader.get(Keys.CAPACITY)
                .value()
                .value()
                .map(OptionalDouble::of)
                .orElse(OptionalDouble.empty());
        Model model = new ModelReader(reader, paths).read();
        var handlerReader = new HandlerReader(file, inputs, problems);
        List<Config.Handler> handlers = handlerReader.read();
        var logActions =
                new LogActions(reader.value(Keys.ON_LOAD), reader.value(Keys.ON_ERROR), reader.value(Keys.ON_INFO));
        TimeOuts timeOuts = timeOuts();
        Limits limits = limits();
        Config.Security security = listeners.security(mode);
        Config.Worker worker = listeners.worker(mode, security);
        Config.Admin admin = listeners.admin();
        Optional<Platform> platform = mode == ControlPlane.VAST
                ? Optional.of(new PlatformReader(reader, inputs).read(worker.port()))
                : Optional.empty();
        var config = new Config(
                mode,
                backend.orElse(""),
                model,
                handlers,
                logActions,
                capacity,
                timeOuts,
                limits,
                security,
                worker,
                admin,
                reader.get(Keys.DRAIN_DEADLINE).value(),
                paths.resolve(reader.get(Keys.STATE_DIR)),
                platform.filter(Configs::isComplete),
                reader.get(Keys.LOG_FORMAT).value(),
                reader.get(Keys.LOG_LEVEL).value(),
                reader.value(Keys.OTLP_ENDPOINT),
                pluginSettings,
                inOrder(handlerReader.effective()));
        if (problems.isEmpty()) {
            return new Loaded.Complete(config);
        }
        problems.sort(Comparator.comparingInt(Configs::line));
        return new Loaded.Refused(
                problems, platform.filter(known -> known.containerId().isPresent()));
    }

    private static boolean isComplete(Platform platform) {
        return platform.containerId().isPresent() && platform.publicUrl().isPresent();
    }

    // What stands in no line comes last; the sort is stable.
    private static int line(Problem problem) {
        return problem.origin() instanceof Origin.InFile(String _, int line, int _) ? line : Integer.MAX_VALUE;
    }

    private Optional<String> backend() {
        Optional<String> backend = reader.value(Keys.BACKEND);
        if (isReadable && !reader.isSaid(Keys.BACKEND)) {
            problems.add(new Problem(
                    new Origin.Settings(),
                    Keys.BACKEND.path(),
                    "nothing",
                    Keys.BACKEND.kind().expected(),
                    "set 'backend' in the file, $BACKEND or --backend; 'dray plugins' lists what there is"));
        }
        return backend;
    }

    private TimeOuts timeOuts() {
        return new TimeOuts(
                reader.value(Keys.CONNECT),
                reader.value(Keys.FIRST_BYTE),
                reader.value(Keys.IDLE),
                reader.value(Keys.TOTAL));
    }

    private Limits limits() {
        Optional<Long> buffered = reader.value(Keys.LIMIT_BUFFERED);
        long quarter = Math.max(1, inputs.heapBytes() / 4);
        if (buffered.isEmpty()) {
            reader.note(Keys.LIMIT_BUFFERED, String.valueOf(quarter), new Origin.Default());
        }
        return new Limits(
                reader.get(Keys.LIMIT_BODY).value(),
                buffered.orElse(quarter),
                reader.get(Keys.LIMIT_REQUESTS).value(),
                reader.get(Keys.LIMIT_QUEUE).value(),
                HandlerReader.number(reader.get(Keys.SESSIONS_MAX).value().value()),
                HandlerReader.number(
                        reader.get(Keys.LIMIT_MODEL_CONNECTIONS).value().value()),
                HandlerReader.number(reader.get(Keys.LIMIT_PER_CLIENT).value().value()),
                reader.get(Keys.LIMIT_HEADER_TIME).value(),
                reader.get(Keys.LIMIT_BODY_IDLE).value(),
                reader.get(Keys.LIMIT_CLIENT_IDLE).value(),
                reader.get(Keys.LIMIT_CLIENT_LOST).value(),
                reader.get(Keys.PLUGIN_TIME_LIMIT).value());
    }

    private static JsonObject pluginSettings(Group document) {
        var members = document.members().stream()
                .filter(member -> FOR_PLUGINS.contains(member.name()))
                .toList();
        var object = new Group(document.place(), members);
        return (JsonObject) JsonValue.parse(JsonText.of(object));
    }

    private List<Effective> inOrder(List<Effective> ofHandlers) {
        List<String> order = Keys.ALL.stream().<String>map(Key::path).toList();
        var sorted = new ArrayList<>(reader.effective());
        sorted.sort(Comparator.comparingInt(one -> order.indexOf(one.key())));
        sorted.addAll(ofHandlers);
        return sorted;
    }

    private String text(Path path) {
        try {
            return Files.readString(inputs.directory().resolve(path));
        } catch (NoSuchFileException missing) {
            unreadable(path, "no such file");
        } catch (CharacterCodingException notUtf8) {
            unreadable(path, "bytes that are not UTF-8");
        } catch (IOException unreadable) {
            unreadable(path, String.valueOf(unreadable.getMessage()));
        }
        return "";
    }

    private void unreadable(Path path, String found) {
        problems.add(new Problem(
                new Origin.InFile(path.toString(), 0, 0), "", found, "a configuration file", "correct --config"));
    }
}
