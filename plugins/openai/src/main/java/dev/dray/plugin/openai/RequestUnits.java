package dev.dray.plugin.openai;

/// Brings every route to one scale: a request like the one that is benchmarked on its route costs 500,
/// whatever its payload is made of. The platform divides the load of all routes by the capacity that one
/// of them showed.
final class RequestUnits {
    /// What a reference request costs: the tokens a benchmarked completion may generate.
    static final double REFERENCE = 500;

    private static final double LEAST = 0.1;

    /// Keeps one monstrous payload from shutting out everybody else.
    private static final double MOST = 8;

    private RequestUnits() {}

    /// 50 to 4,000.
    ///
    /// @param size      of this request, in whatever the route counts; NaN (nothing times infinity)
    ///     counts as usual
    /// @param reference of the reference request, in the same unit
    static double of(double size, double reference) {
        return Double.isNaN(size) ? REFERENCE : REFERENCE * Math.clamp(size / reference, LEAST, MOST);
    }
}
