package dev.dray.app.plugin;

import dev.dray.app.config.Origin;
import dev.dray.app.config.Problem;
import dev.dray.model.JsonValue.JsonObject;
import dev.dray.spi.ControlHandler;
import dev.dray.spi.PluginContext;
import dev.dray.spi.WorkerSessions;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;

/// What a plugin sees at its start; keeps what it has to say.
final class StartContext implements PluginContext {
    private static final int LARGEST_PORT = 65_535;

    private final String pluginId;
    private final ClassLoader loader;
    private final String requestedId;
    private final JsonObject settings;
    private final Lending lending;
    // A plugin that is not waited for any more may go on to tell.
    private final List<Problem> problems = new CopyOnWriteArrayList<>();
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private volatile Optional<ControlPort> control = Optional.empty();

    StartContext(PluginEntry plugin, String requestedId, JsonObject settings, Lending lending) {
        this.pluginId = plugin.id();
        this.loader = plugin.loader();
        this.requestedId = requestedId;
        this.settings = settings;
        this.lending = lending;
    }

    List<Problem> problems() {
        return List.copyOf(problems);
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }

    Optional<ControlPort> controlPort() {
        return control;
    }

    @Override
    public String requestedId() {
        return requestedId;
    }

    @Override
    public Optional<String> environment(String name) {
        return Optional.ofNullable(lending.environment().get(name));
    }

    @Override
    public JsonObject settings() {
        return settings;
    }

    @Override
    public RandomGenerator random() {
        return lending.random();
    }

    @Override
    public InstantSource clock() {
        return lending.clock();
    }

    @Override
    public WorkerSessions sessions() {
        return lending.sessions();
    }

    @Override
    public void control(int port, ControlHandler handler) {
        if (port < 1 || port > LARGEST_PORT) {
            problem("control port " + port, "expected 1 to " + LARGEST_PORT);
        } else if (control.isPresent()) {
            problem(
                    "control port " + port,
                    "expected one control port, found another at "
                            + control.get().port());
        } else {
            control = Optional.of(new ControlPort(port, handler, pluginId, loader));
        }
    }

    @Override
    public void problem(String where, String message) {
        problems.add(Problem.said(new Origin.Plugin(pluginId), where, message));
    }

    @Override
    public void warning(String message) {
        warnings.add("plugin " + pluginId + ": " + message);
    }
}
