package dev.dray.architecture.planted.adapter.second;

/// Stands for another adapter in the planted tree.
public class SecondAdapter {}
