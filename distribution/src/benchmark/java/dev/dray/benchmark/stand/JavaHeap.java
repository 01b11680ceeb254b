package dev.dray.benchmark.stand;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// The heap a worker says it uses, from its `/metrics`.
public final class JavaHeap {
    private static final String SERIES = "jvm_memory_used_bytes{area=\"heap\"";

    private JavaHeap() {}

    public static double usedBytes(Worker worker) throws IOException {
        try (var in = URI.create(worker.adminUrl() + "/metrics").toURL().openStream()) {
            return used(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /// The sum over all parts of the heap.
    static double used(String metrics) {
        return metrics.lines()
                .filter(line -> line.startsWith(SERIES))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
