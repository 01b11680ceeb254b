package dev.dray.adapter.modelclient;

/// Connections to a model server at one moment, without those of health probes.
///
/// @param open all that exist or are being opened, 0 or more
/// @param idle those of them that wait for a request
public record ConnectionCounts(int open, int idle) {}
