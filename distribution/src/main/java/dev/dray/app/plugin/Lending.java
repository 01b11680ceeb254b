package dev.dray.app.plugin;

import java.time.InstantSource;
import java.util.Map;
import java.util.random.RandomGenerator;

/// What the process lends to plugins.
///
/// @param environment all variables
/// @param random      the only source of chance a plugin uses
/// @param clock       wall-clock time
public record Lending(Map<String, String> environment, RandomGenerator random, InstantSource clock) {
    public Lending {
        environment = Map.copyOf(environment);
    }
}
