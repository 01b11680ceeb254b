package dev.dray.domain.benchmark;

import java.util.OptionalInt;

/// Where a model server saturates.
///
/// @param knee           smallest concurrency that reaches 95 % of the best throughput
/// @param peak           concurrency of the best throughput
/// @param unitsPerSecond the best throughput
/// @param saturated      whether throughput stopped growing; else it may grow beyond what was tried
/// @param breaksAt       smallest concurrency at which too many requests failed or took too long; empty where none did
public record Saturation(int knee, int peak, double unitsPerSecond, boolean saturated, OptionalInt breaksAt) {}
