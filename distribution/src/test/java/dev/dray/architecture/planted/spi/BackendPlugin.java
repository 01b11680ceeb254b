package dev.dray.architecture.planted.spi;

/// Stands for the SPI in the planted tree.
public interface BackendPlugin {}
