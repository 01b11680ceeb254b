package dev.dray.adapter.telemetry;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/// Memory, collector, threads, processor, files of this process, under Micrometer's own names.
///
/// Bound by the first scrape: loading the JDK's management classes costs 70 ms, which the worker's start is spared.
final class ProcessMeters implements AutoCloseable {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String RESIDENT = "VmRSS:";

    private final JvmGcMetrics collector = new JvmGcMetrics();
    private final AtomicBoolean bound = new AtomicBoolean();

    /// Makes the series, unless they are there.
    void bindOnce(MeterRegistry registry) {
        if (bound.compareAndSet(false, true)) {
            bind(registry);
        }
    }

    private void bind(MeterRegistry registry) {
        Stream.of(
                        new JvmInfoMetrics(),
                        new JvmMemoryMetrics(),
                        collector,
                        new JvmThreadMetrics(),
                        new ClassLoaderMetrics(),
                        new ProcessorMetrics(),
                        new FileDescriptorMetrics(),
                        new UptimeMetrics())
                .forEach(meters -> meters.bindTo(registry));
        if (Files.isReadable(STATUS)) {
            Gauge.builder("process.resident.memory", ProcessMeters::residentBytes)
                    .description("Resident memory size")
                    .baseUnit("bytes")
                    .register(registry);
        }
    }

    // The JDK knows the heap but not what the process holds; Linux tells it in kB.
    private static double residentBytes() {
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith(RESIDENT))
                    .map(line ->
                            line.substring(RESIDENT.length()).replace("kB", "").strip())
                    .mapToDouble(Double::parseDouble)
                    .map(kilobytes -> kilobytes * 1024)
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException gone) {
            return Double.NaN;
        }
    }

    @Override
    public void close() {
        collector.close();
    }
}
