package dev.dray.port.outbound;

/// Monotonic time. Readings are compared by subtraction only: they may wrap.
@FunctionalInterface
public interface Ticker {
    /// Nanoseconds since an arbitrary origin.
    long nanos();
}
