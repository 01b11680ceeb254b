package dev.dray.domain.workload;

import dev.dray.model.RequestPayload;
import dev.dray.spi.Route;

/// Asks the plugin what a request costs, and makes any answer fit for adding up.
public final class Pricing {
    /// Units of a request that cannot be priced (protocol.md §3.1).
    public static final double UNPRICED = 100;

    /// Most units one request counts. Running sums are doubles: beyond this one absurd request would swallow the
    /// single units of all others for the rest of the process.
    public static final double MAX = 1e12;

    private Pricing() {}

    /// Workload units of a payload: finite, 0 or more. What the plugin throws, `NaN`, infinities and negative numbers
    /// count as 100.
    // The plugin boundary: whatever comes out of foreign code must not reach the books.
    public static double units(Route route, RequestPayload payload) {
        double units;
        try {
            units = route.workload(payload);
        } catch (Throwable _) {
            return UNPRICED;
        }
        // NaN compares false with everything, so it falls out here too.
        return units >= 0 && units < Double.POSITIVE_INFINITY ? Math.min(units, MAX) : UNPRICED;
    }
}
