package dev.dray.port.testing;

import dev.dray.model.Bytes;
import dev.dray.model.JsonValue;
import dev.dray.model.JsonValue.JsonObject;
import dev.dray.spi.ControlHandler;
import dev.dray.spi.PluginContext;
import dev.dray.spi.WorkerSessions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;

/// A [PluginContext] that a test fills and then asks what the plugin told it.
///
/// By default the environment is empty, there is no configuration file, the seed is 0 and the clock
/// stands still.
public final class FakePluginContext implements PluginContext {
    private final String requestedId;
    private final Map<String, String> environment;
    private final JsonObject settings;
    private final RandomGenerator random;
    private final InstantSource clock;
    private final WorkerSessions sessions;
    private final Map<Integer, ControlHandler> controls = new ConcurrentHashMap<>();
    private final List<Problem> problems = new CopyOnWriteArrayList<>();
    private final List<String> warnings = new CopyOnWriteArrayList<>();

    private FakePluginContext(Builder from) {
        requestedId = from.requestedId;
        environment = Map.copyOf(from.environment);
        settings = from.settings;
        random = new SplittableRandom(from.seed);
        clock = InstantSource.fixed(from.now);
        sessions = from.sessions;
    }

    /// What a plugin told to [PluginContext#problem(String, String)].
    public record Problem(String where, String message) {}

    public static Builder builder() {
        return new Builder();
    }

    /// All problems told so far, in order.
    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    /// All warnings told so far, in order.
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    @Override
    public String requestedId() {
        return requestedId;
    }

    @Override
    public Optional<String> environment(String name) {
        return Optional.ofNullable(environment.get(name));
    }

    @Override
    public JsonObject settings() {
        return settings;
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public InstantSource clock() {
        return clock;
    }

    @Override
    public WorkerSessions sessions() {
        return sessions;
    }

    @Override
    public void control(int port, ControlHandler handler) {
        controls.put(port, handler);
    }

    /// Control ports that were asked for.
    public Map<Integer, ControlHandler> controls() {
        return Map.copyOf(controls);
    }

    @Override
    public void problem(String where, String message) {
        problems.add(new Problem(where, message));
    }

    @Override
    public void warning(String message) {
        warnings.add(message);
    }

    /// Collects what the context will answer.
    public static final class Builder {
        private String requestedId = "test";
        private final Map<String, String> environment = new LinkedHashMap<>();
        private JsonObject settings = object("{}");
        private WorkerSessions sessions = Optional::empty;
        private long seed;
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        private Builder() {}

        /// The id or alias under which the plugin is asked for.
        public Builder requestedId(String value) {
            requestedId = value;
            return this;
        }

        /// One environment variable; set again, the last value counts.
        public Builder environment(String name, String value) {
            environment.put(name, value);
            return this;
        }

        /// The part of the configuration file that a plugin sees, as JSON.
        ///
        /// @throws IllegalArgumentException if the text is not a JSON object
        public Builder settings(String json) {
            settings = object(json);
            return this;
        }

        /// The worker's sessions; without this the worker is not up.
        public Builder sessions(WorkerSessions value) {
            sessions = value;
            return this;
        }

        /// Where chance starts.
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /// The time at which the clock stands.
        public Builder now(Instant value) {
            now = value;
            return this;
        }

        public FakePluginContext build() {
            return new FakePluginContext(this);
        }

        private static JsonObject object(String json) {
            if (JsonValue.parse(Bytes.utf8(json)) instanceof JsonObject object) {
                return object;
            }
            throw new IllegalArgumentException("settings must be a JSON object, got " + json);
        }
    }
}
