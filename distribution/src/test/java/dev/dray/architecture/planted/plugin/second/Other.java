package dev.dray.architecture.planted.plugin.second;

/// Stands for another plugin in the planted tree.
public class Other {}
