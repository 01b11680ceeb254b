package dev.dray.app.planner;

/// One request that comes.
///
/// @param nanos since the beginning; 0 or more
/// @param units what it costs; finite, 0 or more
/// @param route its path
public record Arrival(long nanos, double units, String route) {
    /// The route of requests that name none.
    public static final String ANY_ROUTE = "/";
}
