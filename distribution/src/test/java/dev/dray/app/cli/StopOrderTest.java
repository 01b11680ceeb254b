package dev.dray.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StopOrderTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long MOMENT = Duration.ofMillis(30).toNanos();

    private final AtomicInteger atOnce = new AtomicInteger();
    private final StopOrder order = new StopOrder(atOnce::incrementAndGet);

    @Test
    void theFirstSignalIsTheOrderToStop() throws InterruptedException {
        assertThat(order.await(Duration.ZERO)).isFalse();

        order.heard("TERM", 0);

        assertThat(order.await(Duration.ZERO)).isTrue();
        order.await();
        assertThat(atOnce).hasValue(0);
    }

    @Test
    void aSecondOneOfTheSameKindEndsItAtOnce() {
        order.heard("TERM", Long.MAX_VALUE);
        order.heard("TERM", Long.MAX_VALUE + MOMENT);

        assertThat(atOnce).hasValue(1);
    }

    @Test
    void aGroupsSignalThatAWrapperPassesOnIsOneWish() {
        order.heard("TERM", 0);
        order.heard("TERM", MOMENT - 1);

        assertThat(atOnce).hasValue(0);
    }

    @Test
    void twoKindsWithinASecondAreOneWish() {
        order.heard("INT", 0);
        order.heard("TERM", SECOND - 1);
        assertThat(atOnce).hasValue(0);

        order.heard("TERM", SECOND);
        assertThat(atOnce).hasValue(1);
    }

    @Test
    void aWorkerThatCannotGoOnStopsAndStillHearsSignals() throws InterruptedException {
        order.fail();

        assertThat(order.await()).isFalse();
        assertThat(order.await(Duration.ZERO)).isFalse();
        order.heard("TERM", 0);
        assertThat(order.await(Duration.ZERO)).isTrue();
        assertThat(order.await()).isFalse();
        order.heard("TERM", SECOND);
        assertThat(atOnce).hasValue(1);
    }
}
