package dev.dray.adapter.inmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.dray.port.outbound.Ticker;
import dev.dray.port.testing.TickerContract;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ManualTickerTest extends TickerContract {
    private final ManualTicker ticker = new ManualTicker();

    @Override
    protected Ticker ticker() {
        return ticker;
    }

    @Override
    protected void pass(Duration duration) {
        ticker.advance(duration);
    }

    @Test
    void wrapsAfterASecondSoThatOverflowShows() {
        long before = ticker.nanos();

        ticker.advance(Duration.ofSeconds(2));

        assertThat(ticker.nanos()).isNegative();
        assertThat(ticker.nanos() - before).isEqualTo(2_000_000_000L);
    }

    @Test
    void movesTheWallClockToo() {
        Instant before = ticker.instant();

        ticker.advance(Duration.ofMinutes(3));

        assertThat(ticker.instant()).isEqualTo(before.plusSeconds(180));
    }

    @Test
    void refusesToGoBack() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ticker.advance(Duration.ofNanos(-1)))
                .withMessageContaining("forwards only");
    }
}
