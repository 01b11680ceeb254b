package dev.dray.adapter.httpserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.port.exchange.ClientGoneException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ClientWaitTest {
    /// Near the overflow of the clock.
    private static final long START = Long.MAX_VALUE - Duration.ofSeconds(1).toNanos();

    private final ClientWait wait = new ClientWait(
            new ListenerLimits(1, 1, Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(75)));

    @AfterEach
    void forgetTheInterrupt() {
        var _ = Thread.interrupted();
    }

    private static long after(long seconds) {
        return START + Duration.ofSeconds(seconds).toNanos();
    }

    @Test
    void lastsAsLongAsItsKindMay() {
        wait.begin(ClientWait.Kind.HEAD);

        assertThat(wait.check(after(0))).isFalse();
        assertThat(wait.check(after(10))).isFalse();
        assertThat(wait.check(after(11))).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThatThrownBy(wait::done).isInstanceOf(ClientGoneException.class);
    }

    @Test
    void countsEachWaitFromItsOwnStart() {
        wait.begin(ClientWait.Kind.BODY);
        assertThat(wait.check(after(0))).isFalse();
        wait.begin(ClientWait.Kind.BODY);

        assertThat(wait.check(after(40))).isFalse();
        assertThat(wait.check(after(69))).isFalse();
        assertThat(wait.check(after(71))).isTrue();
    }

    @Test
    void neverEndsWhatIsDone() {
        wait.begin(ClientWait.Kind.WRITE);
        wait.done();

        assertThat(wait.check(after(0))).isFalse();
        assertThat(wait.check(after(1_000))).isFalse();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void letsNoneBeginOnceGivenUp() {
        wait.giveUp();

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThatThrownBy(() -> wait.begin(ClientWait.Kind.IDLE)).isInstanceOf(ClientGoneException.class);
    }
}
