package dev.dray.app.plugin;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// What the process lends to plugins.
///
/// @param environment all variables
/// @param graphicsCards model and identity of each, for the benchmark's key
/// @param random      the only source of chance a plugin uses
/// @param clock       wall-clock time
/// @param sessions    of the worker, once there is one
public record Lending(
        Map<String, String> environment,
        List<String> graphicsCards,
        RandomGenerator random,
        InstantSource clock,
        LentSessions sessions) {
    /// The same with sessions of its own.
    public Lending(
            Map<String, String> environment, List<String> graphicsCards, RandomGenerator random, InstantSource clock) {
        this(environment, graphicsCards, random, clock, new LentSessions());
    }

    public Lending {
        environment = Map.copyOf(environment);
        graphicsCards = List.copyOf(graphicsCards);
    }

    /// What this process has to lend.
    public static Lending of(Map<String, String> environment, RandomGenerator random, InstantSource clock) {
        return new Lending(environment, GpuIdentity.read(GpuIdentity.NVIDIA), random, clock);
    }
}
