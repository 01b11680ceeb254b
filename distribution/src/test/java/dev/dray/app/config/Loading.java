package dev.dray.app.config;

import dev.dray.app.config.Inputs.FlagValue;
import dev.dray.app.config.Inputs.Purpose;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Builds inputs with quiet defaults: a test says only what matters to it.
record Loading(Path directory, Optional<String> yaml, Map<String, String> environment, List<FlagValue> flags) {
    static final long HEAP_BYTES = 400L << 20;

    static Loading in(Path directory) {
        return new Loading(directory, Optional.empty(), Map.of("BACKEND", "vllm", "HOME", "/home/me"), List.of());
    }

    Loading file(String text) {
        return new Loading(directory, Optional.of(text), environment, flags);
    }

    Loading variable(String name, String value) {
        var more = new HashMap<>(environment);
        more.put(name, value);
        return new Loading(directory, yaml, more, flags);
    }

    Loading flag(String flag, String key, String value) {
        return new Loading(directory, yaml, environment, List.of(new FlagValue(flag, key, value)));
    }

    /// Everything the platform sets.
    Loading rented() {
        return variable("CONTAINER_ID", "42")
                .variable("WORKER_PORT", "4000")
                .variable("VAST_TCP_PORT_4000", "41234")
                .variable("PUBLIC_IPADDR", "203.0.113.7");
    }

    Loaded load() {
        return load(Purpose.SERVE);
    }

    Loaded load(Purpose purpose) {
        Optional<Path> file = yaml.map(text -> {
            try {
                Files.writeString(directory.resolve("worker.yaml"), text);
                return Path.of("worker.yaml");
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        });
        return Configs.load(new Inputs(file, environment, flags, directory, HEAP_BYTES, purpose));
    }

    Config config() {
        return switch (load()) {
            case Loaded.Complete(Config config) -> config;
            case Loaded.Refused refused -> throw new AssertionError("refused: " + refused.problems());
        };
    }

    List<String> problems() {
        return switch (load()) {
            case Loaded.Complete _ -> List.of();
            case Loaded.Refused refused ->
                refused.problems().stream().map(Problem::text).toList();
        };
    }
}
