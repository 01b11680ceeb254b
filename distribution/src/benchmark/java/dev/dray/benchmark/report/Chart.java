package dev.dray.benchmark.report;

/// A plot of some cost over what it depends on; each contender has a line in it, through the medians of its rounds.
///
/// @param isGrowth whether the report says how y grows with x; x is then drawn by its logarithm
public record Chart(String title, String xLabel, String yLabel, boolean isGrowth) {}
