package dev.dray.port.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.BenchmarkResult;
import dev.dray.model.BenchmarkResult.Latency;
import dev.dray.port.outbound.BenchmarkStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every [BenchmarkStore] promises.
public abstract class BenchmarkStoreContract {
    /// A result that no rounding leaves as it is.
    protected static final BenchmarkResult RESULT = new BenchmarkResult(
            812.437_000_000_1,
            0.031,
            List.of(700.1, 812.437_000_000_1, 1 / 3d),
            latency(1, 212_345_678, 212_345_679, 3_600_000_000_001L),
            latency(212_345_678, 212_345_678, 86_400_000_000_000L, Long.MAX_VALUE),
            Instant.parse("2026-11-23T18:00:00.123456789Z"));

    private static final BenchmarkResult OTHER =
            new BenchmarkResult(1, 0, List.of(), latency(0, 0, 0, 0), latency(0, 0, 0, 1), Instant.EPOCH);

    private static Latency latency(long p50, long p95, long p99, long max) {
        return new Latency(Duration.ofNanos(p50), Duration.ofNanos(p95), Duration.ofNanos(p99), Duration.ofNanos(max));
    }

    /// The store under test, empty; the same one on each call within a test.
    protected abstract BenchmarkStore store();

    @Test
    void hasNothingAtFirst() {
        assertThat(store().load("vllm")).isEmpty();
    }

    @Test
    void givesBackExactlyWhatItKept() {
        store().save("vllm", RESULT);

        assertThat(store().load("vllm")).contains(RESULT);
    }

    @Test
    void replacesTheResultOfTheSameKey() {
        store().save("vllm", RESULT);
        store().save("vllm", OTHER);

        assertThat(store().load("vllm")).contains(OTHER);
    }

    @Test
    void keepsKeysApart() {
        store().save("vllm", RESULT);
        store().save("VLLM", OTHER);

        assertThat(store().load("vllm")).contains(RESULT);
        assertThat(store().load("VLLM")).contains(OTHER);
        assertThat(store().load("vll")).isEmpty();
    }

    @Test
    void takesAnyTextAsAKey() {
        List<String> keys = List.of("", "../../etc/passwd", "a/b\\c:d*\n", "schlüssel-🔑", "k".repeat(10_000));

        for (String key : keys) {
            store().save(key, RESULT);
            assertThat(store().load(key)).contains(RESULT);
        }
    }
}
