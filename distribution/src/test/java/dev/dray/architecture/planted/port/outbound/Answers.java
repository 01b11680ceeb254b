package dev.dray.architecture.planted.port.outbound;

import dev.dray.architecture.planted.port.inbound.Asks;

/// Planted: the other half of a cycle.
public interface Answers {
    Asks again();
}
