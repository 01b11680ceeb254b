package dev.dray.domain.benchmark;

import dev.dray.port.outbound.Timers.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Asks the plugin for benchmark payloads, and says so where it makes none. One thread at a time: the chance it lends
/// to the plugin is for one.
final class PayloadMaker {
    /// For all payloads asked for at once. Generous: some plugins draw pictures or synthesize speech for them.
    static final Duration LIMIT = Duration.ofSeconds(60);

    private final BenchmarkRun.Setup setup;
    private final BenchmarkRun.Outside outside;
    private final Consumer<String> fail;

    /// @param fail takes the reason where there are no payloads; on any thread, perhaps more than once
    PayloadMaker(BenchmarkRun.Setup setup, BenchmarkRun.Outside outside, Consumer<String> fail) {
        this.setup = setup;
        this.outside = outside;
        this.fail = fail;
    }

    /// Makes so many requests; fewer where nobody wants them any more, or the plugin failed.
    List<PreparedRequest> make(int size, BooleanSupplier over) {
        List<PreparedRequest> requests = new ArrayList<>();
        Timer limit = outside.timers().after(LIMIT, () -> failed("none came within %d s".formatted(LIMIT.toSeconds())));
        try {
            while (requests.size() < size && !over.getAsBoolean()) {
                requests.add(PreparedRequest.next(setup.route(), setup.plan(), outside.random()));
            }
        } catch (Throwable fault) {
            // The plugin's boundary: whatever it throws ends this benchmark, not the worker.
            failed(fault.toString());
        } finally {
            limit.cancel();
        }
        return requests;
    }

    private void failed(String fault) {
        fail.accept(("Benchmark failed with error: plugin '%s' made no usable benchmark payload for %s; correct it, or"
                        + " set 'capacity' to go without a benchmark: %s")
                .formatted(setup.backendId(), setup.route().path(), fault));
    }
}
