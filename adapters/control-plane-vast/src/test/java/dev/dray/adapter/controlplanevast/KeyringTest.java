package dev.dray.adapter.controlplanevast;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyringTest {
    private static final Pace PACE = new Pace(
            Duration.ofSeconds(2),
            3,
            Duration.ofMillis(1),
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            Duration.ofMillis(1),
            Duration.ofMillis(1),
            Duration.ofMillis(1),
            Duration.ofMillis(4),
            Duration.ofSeconds(60));

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-23T12:00:00Z"));

    // Near the end of the range, so that an overflow shows at once.
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final AtomicInteger fetches = new AtomicInteger();
    private volatile RuntimeException failure = new UncheckedIOException(new IOException("down"));
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicReference<PublicKey> served = new AtomicReference<>(key("spki.pem"));
    private final AtomicReference<Thread> fetcher = new AtomicReference<>();
    private final Keyring keyring = new Keyring(this::fetch, new Timekeeper(nanos::get, CLOCK, PACE));

    @AfterEach
    void close() {
        keyring.close();
    }

    @Test
    void fetchesUntilThereIsAKey() {
        failures.set(8);

        start();

        assertThat(fetches).hasValue(9);
        assertThat(keyring.line()).isEqualTo(new PlatformStatus.Line(8, 0));
        assertThat(keyring.knownSince()).contains(CLOCK.instant());
    }

    @Test
    void triesAgainAlsoAfterAFailureNobodyForesaw() {
        failures.set(3);
        failure = new IllegalArgumentException("a key like no other");

        start();

        assertThat(fetches).hasValue(4);
    }

    @Test
    void waitsLongerAfterEachFailureUpToAMinute() {
        var pauses = Keyring.pauses(Pace.PLATFORM);

        assertThat(IntStream.rangeClosed(1, 8).mapToLong(pauses::apply))
                .containsExactly(1_000L, 2_000L, 4_000L, 8_000L, 16_000L, 32_000L, 60_000L, 60_000L);
    }

    @Test
    void givesUpWhenClosed() {
        failures.set(Integer.MAX_VALUE);
        keyring.start();
        Deadline.until(() -> fetches.get() > 2);
        assertThat(keyring.line().failuresInARow()).isPositive();
        assertThat(keyring.knownSince()).isEmpty();

        keyring.close();

        Deadline.until(() -> !fetcher.get().isAlive());
    }

    @Test
    void fetchesAgainAtMostOnceAMinute() {
        start();
        keyring.doubt();
        nanos.addAndGet(Duration.ofSeconds(59).toNanos());
        keyring.doubt();
        assertThat(fetches).hasValue(1);

        nanos.addAndGet(Duration.ofSeconds(2).toNanos());
        for (int i = 0; i < 50; i++) {
            keyring.doubt();
        }

        Deadline.until(() -> fetches.get() == 2);
        nanos.addAndGet(Duration.ofSeconds(61).toNanos());
        keyring.doubt();
        Deadline.until(() -> fetches.get() == 3);
    }

    @Test
    void takesANewKeyInPlaceOfTheOldOne() {
        start();
        TrustedKey old = keyring.current().orElseThrow();
        served.set(key("protocol.pem"));
        nanos.addAndGet(Duration.ofSeconds(61).toNanos());

        keyring.doubt();

        Deadline.until(() -> keyring.current().orElseThrow() != old);
        assertThat(keyring.current().orElseThrow().is(key("protocol.pem"))).isTrue();
    }

    @Test
    void keepsTheKeyAndItsMemoryIfNothingNewOrNothingAtAllComes() {
        start();
        TrustedKey known = keyring.current().orElseThrow();

        nanos.addAndGet(Duration.ofSeconds(61).toNanos());
        keyring.doubt();
        Deadline.until(() -> fetches.get() == 2);
        failures.set(1);
        nanos.addAndGet(Duration.ofSeconds(61).toNanos());
        Deadline.until(() -> {
            keyring.doubt();
            return fetches.get() == 3;
        });

        assertThat(keyring.current()).containsSame(known);
    }

    private void start() {
        keyring.start();
        Deadline.until(() -> keyring.current().isPresent());
    }

    private PublicKey fetch() {
        fetcher.set(Thread.currentThread());
        fetches.incrementAndGet();
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw failure;
        }
        return served.get();
    }

    private static PublicKey key(String file) {
        try {
            return PublicKeyText.parse(Samples.resource(file));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
