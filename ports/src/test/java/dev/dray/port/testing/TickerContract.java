package dev.dray.port.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.port.outbound.Ticker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What every [Ticker] promises.
public abstract class TickerContract {
    /// The ticker under test; the same one on each call within a test.
    protected abstract Ticker ticker();

    /// Lets at least that much time pass: a fake is told, a real clock is waited for.
    protected abstract void pass(Duration duration) throws Exception;

    @Test
    void neverGoesBack() {
        long first = ticker().nanos();
        for (int i = 0; i < 1_000; i++) {
            long next = ticker().nanos();
            assertThat(next - first).isNotNegative();
            first = next;
        }
    }

    @Test
    void countsTheTimeThatPassed() throws Exception {
        long before = ticker().nanos();

        pass(Duration.ofMillis(20));

        assertThat(ticker().nanos() - before)
                .isGreaterThanOrEqualTo(Duration.ofMillis(20).toNanos());
    }
}
