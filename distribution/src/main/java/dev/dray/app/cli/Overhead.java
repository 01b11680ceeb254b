package dev.dray.app.cli;

import dev.dray.app.demo.DemoClient;
import java.io.IOException;

/// What the worker itself added to its requests so far, from its own metrics.
///
/// @param seconds  added in all
/// @param requests how many there were
record Overhead(double seconds, double requests) {
    private static final String METRIC = "dray_overhead_seconds";

    static Overhead read(DemoClient client, String admin) throws IOException, InterruptedException {
        return new Overhead(
                client.metric(admin, METRIC + "_sum").orElse(0),
                client.metric(admin, METRIC + "_count").orElse(0));
    }

    Overhead since(Overhead earlier) {
        return new Overhead(seconds - earlier.seconds, requests - earlier.requests);
    }

    /// Milliseconds for one request; 0 where there was none.
    double millis() {
        return requests > 0 ? seconds / requests * 1e3 : 0;
    }
}
