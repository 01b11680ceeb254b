package dev.dray.adapter.controlplanevast;

import dev.dray.port.outbound.Ticker;
import java.time.InstantSource;

/// Both clocks, and how often things are done by them.
record Timekeeper(Ticker ticker, InstantSource clock, Pace pace) {}
