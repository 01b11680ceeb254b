package dev.dray.benchmark.scenario;

import java.time.Duration;

/// How long everything takes.
///
/// @param rounds   of each contender, taking turns
/// @param warmUp   of each round, not counted
/// @param measured of each round
/// @param soak     of the long load
public record Effort(int rounds, Duration warmUp, Duration measured, Duration soak) {
    public static final Effort FULL =
            new Effort(5, Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofMinutes(10));
    public static final Effort QUICK =
            new Effort(3, Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofMinutes(1));
}
