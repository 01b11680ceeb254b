package dev.dray.architecture.planted.port.inbound;

import dev.dray.architecture.planted.port.outbound.Answers;

/// Planted: an inbound port that knows an outbound one; half of a cycle.
public interface Asks {
    Answers ask();
}
