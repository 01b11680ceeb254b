package dev.dray.adapter.controlplanevast;

import dev.dray.port.outbound.Ticker;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.lang.System.Logger.Level;
import java.security.PublicKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Holds the platform's public key, fetches it until it is there, and again when a signature casts doubt on it.
final class Keyring {
    private static final System.Logger LOG = System.getLogger(Keyring.class.getName());

    private final Supplier<PublicKey> source;
    private final Ticker ticker;
    private final InstantSource clock;
    private final Pace pace;
    private final LineState state = new LineState();
    private final AtomicLong fetchedNanos = new AtomicLong();
    private volatile @Nullable TrustedKey current;
    private volatile @Nullable Instant knownSince;
    private volatile @Nullable Thread fetcher;
    private volatile boolean closed;

    /// @param source fetches once; throws if that fails
    Keyring(Supplier<PublicKey> source, Timekeeper time) {
        this.source = source;
        this.ticker = time.ticker();
        this.clock = time.clock();
        this.pace = time.pace();
    }

    Optional<TrustedKey> current() {
        return Optional.ofNullable(current);
    }

    /// Wall-clock time when the key came; empty while there is none.
    Optional<Instant> knownSince() {
        return Optional.ofNullable(knownSince);
    }

    PlatformStatus.Line line() {
        return state.line();
    }

    /// Fetches on a thread of its own until there is a key.
    void start() {
        fetcher = Thread.ofVirtual().name("dray-public-key").start(this::fetchUntilThere);
    }

    /// A signature failed: perhaps the platform has a new key. Returns at once.
    void doubt() {
        long last = fetchedNanos.get();
        long now = ticker.nanos();
        boolean due = current != null && now - last >= pace.keyAgain().toNanos();
        if (due && !closed && fetchedNanos.compareAndSet(last, now)) {
            fetcher = Thread.ofVirtual().name("dray-public-key").start(this::fetchAgain);
        }
    }

    void close() {
        closed = true;
        Thread running = fetcher;
        if (running != null) {
            running.interrupt();
        }
    }

    /// Pauses after the first failed fetch, the second, and so on.
    static IntervalFunction pauses(Pace pace) {
        return IntervalFunction.ofExponentialBackoff(pace.keyPause(), 2.0, pace.keyPauseMax());
    }

    private void fetchUntilThere() {
        var retry = Retry.of(
                "public-key",
                RetryConfig.custom()
                        .maxAttempts(Integer.MAX_VALUE)
                        .intervalFunction(pauses(pace))
                        .retryOnException(failure -> failure instanceof RuntimeException && !closed)
                        .build());
        state.watch(retry);
        try {
            retry.executeRunnable(() -> take(fetch()));
        } catch (RuntimeException e) {
            // Only after close: until then every failure is tried again, and its endpoint has logged it. Every one: a
            // key text that trips the cryptography must not leave the worker without a key for ever.
            LOG.log(Level.DEBUG, "public key no longer fetched: the worker ends");
        }
    }

    private void fetchAgain() {
        try {
            take(fetch());
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "public key not fetched again; the one known stays in use");
        }
    }

    private PublicKey fetch() {
        boolean fetched = false;
        try {
            PublicKey key = source.get();
            fetched = true;
            return key;
        } finally {
            state.ended(fetched);
        }
    }

    private void take(PublicKey key) {
        fetchedNanos.set(ticker.nanos());
        TrustedKey known = current;
        if (known == null || !known.is(key)) {
            current = new TrustedKey(key);
            knownSince = clock.instant();
            LOG.log(
                    Level.INFO,
                    known == null ? "public key of the platform is known" : "platform has a new public key");
        }
    }
}
