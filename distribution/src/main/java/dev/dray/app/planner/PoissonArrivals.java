package dev.dray.app.planner;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Requests that come by chance, so many a second on average, each without regard to the others.
public final class PoissonArrivals {
    /// More would not fit into memory together with what becomes of them.
    public static final int MOST = 5_000_000;

    private PoissonArrivals() {}

    /// Draws all arrivals. Times and sizes have a chance of their own each, so that another size changes no time.
    ///
    /// @param rate per second; above 0, and not so high that more than [#MOST] are expected
    public static List<Arrival> draw(double rate, Sizes sizes, Duration horizon, long seed) {
        var random = new SplittableRandom(seed);
        SplittableRandom ofSizes = random.split();
        double end = horizon.toNanos();
        var arrivals = new ArrayList<Arrival>();
        for (double at = random.nextExponential() / rate * 1e9; at < end; at += random.nextExponential() / rate * 1e9) {
            arrivals.add(new Arrival((long) at, sizes.next(ofSizes), Arrival.ANY_ROUTE));
        }
        return arrivals;
    }
}
