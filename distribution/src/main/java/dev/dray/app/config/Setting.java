package dev.dray.app.config;

/// A value and where it comes from.
record Setting<T>(T value, Origin origin) {}
