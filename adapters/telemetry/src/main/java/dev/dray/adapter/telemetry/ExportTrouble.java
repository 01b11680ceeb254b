package dev.dray.adapter.telemetry;

import dev.dray.port.outbound.Ticker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/// Counts the exports of one signal that failed, and says so once a minute at most.
final class ExportTrouble {
    private static final System.Logger LOG = System.getLogger(ExportTrouble.class.getName());
    private static final long QUIET = Duration.ofMinutes(1).toNanos();
    private static final long NEVER = Long.MIN_VALUE;

    static final String METRICS = "metrics";
    static final String TRACES = "traces";
    static final List<String> SIGNALS = List.of(METRICS, TRACES);

    private static final String NAME = "dray.export.failures";
    private static final String DESCRIPTION = "Exports to the collector that failed; what they held is lost";

    private final Ticker ticker;
    private final String signal;
    private final URI target;
    private final LongAdder failures = new LongAdder();
    private final AtomicLong lastSaid = new AtomicLong(NEVER);

    ExportTrouble(Ticker ticker, String signal, URI target) {
        this.ticker = ticker;
        this.signal = signal;
        this.target = target;
    }

    /// The series where there is no collector: it stays 0.
    static void never(MeterRegistry registry, String signal) {
        Counter.builder(NAME).description(DESCRIPTION).tag("signal", signal).register(registry);
    }

    /// Makes the series. It counts only for as long as this object is held.
    void on(MeterRegistry registry) {
        FunctionCounter.builder(NAME, failures, LongAdder::doubleValue)
                .description(DESCRIPTION)
                .tag("signal", signal)
                .register(registry);
    }

    void failed(String cause) {
        failures.increment();
        long now = ticker.nanos();
        long before = lastSaid.get();
        if ((before == NEVER || now - before >= QUIET) && lastSaid.compareAndSet(before, now)) {
            LOG.log(
                    Level.WARNING,
                    "export failed signal={0} url={1} failures={2} cause={3} hint={4}",
                    signal,
                    target,
                    failures.sum(),
                    cause,
                    "requests go on; see that a collector listens there, or take out 'otlp.endpoint'");
        }
    }
}
