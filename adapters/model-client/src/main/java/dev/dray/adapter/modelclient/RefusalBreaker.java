package dev.dray.adapter.modelclient;

import dev.dray.port.outbound.Ticker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

/// Stops connecting to a model server that is not there, so that requests fail at once and it can start in peace.
///
/// Counts connections only: a request on one that is open costs nothing here.
final class RefusalBreaker {
    private static final int REFUSALS = 10;
    private static final int WINDOW_SECONDS = 10;
    private static final Duration OPEN_FOR = Duration.ofSeconds(1);
    private static final float ALL_PERCENT = 100;

    private final CircuitBreaker breaker;

    RefusalBreaker(String name, Ticker ticker) {
        breaker = CircuitBreaker.of(
                name,
                CircuitBreakerConfig.custom()
                        .slidingWindowType(SlidingWindowType.TIME_BASED)
                        .slidingWindowSize(WINDOW_SECONDS)
                        .minimumNumberOfCalls(REFUSALS)
                        .failureRateThreshold(ALL_PERCENT)
                        .waitDurationInOpenState(OPEN_FOR)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .automaticTransitionFromOpenToHalfOpenEnabled(false)
                        .clock(new TickerClock(ticker))
                        .build());
    }

    /// Whether a connection may be tried; whoever gets `true` says how it went.
    boolean permits() {
        return breaker.tryAcquirePermission();
    }

    void connected() {
        breaker.onSuccess(0, TimeUnit.NANOSECONDS);
    }

    void refused(IOException refusal) {
        breaker.onError(0, TimeUnit.NANOSECONDS, refusal);
    }

    /// The try ended without saying whether the model server is there.
    void undecided() {
        breaker.releasePermission();
    }

    /// The model server is known to be well.
    void healthy() {
        if (breaker.getState() != CircuitBreaker.State.CLOSED) {
            breaker.transitionToClosedState();
        }
    }

    BreakerState state() {
        return switch (breaker.getState()) {
            case OPEN, FORCED_OPEN -> BreakerState.OPEN;
            case HALF_OPEN -> BreakerState.HALF_OPEN;
            case CLOSED, DISABLED, METRICS_ONLY -> BreakerState.CLOSED;
        };
    }

    /// The ticker in the form in which the library wants time.
    private static final class TickerClock extends Clock {
        private final Ticker ticker;
        private final long originNanos;

        TickerClock(Ticker ticker) {
            this.ticker = ticker;
            this.originNanos = ticker.nanos();
        }

        @Override
        public Instant instant() {
            return Instant.EPOCH.plusNanos(ticker.nanos() - originNanos);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
