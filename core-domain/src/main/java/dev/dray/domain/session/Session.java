package dev.dray.domain.session;

import dev.dray.port.outbound.SessionOrder;
import dev.dray.port.outbound.SessionView;
import java.time.Duration;
import java.time.Instant;

/// How long one session lives. Guarded by the worker's lock.
///
/// Its end is a span from its opening, measured by the ticker: a jump of the wall clock closes no
/// session, and the expiration that clients are shown is the moment of opening plus that span.
public final class Session {
    /// No session lives longer, nor expired longer ago: sums of two such spans still fit into a `long`
    /// of nanoseconds.
    static final Duration LONGEST = Duration.ofDays(36_525);

    private static final long LONGEST_NANOS = LONGEST.toNanos();

    private final String id;
    private final SessionOrder order;
    private final Instant createdAt;
    private final long openedNanos;
    private final long lifetimeNanos;
    private long lifeNanos;

    /// @param createdAt   wall-clock time of its opening
    /// @param openedNanos the same moment by the ticker
    public Session(String id, SessionOrder order, Instant createdAt, long openedNanos) {
        this.id = id;
        this.order = order;
        this.createdAt = createdAt;
        this.openedNanos = openedNanos;
        this.lifetimeNanos = nanos(order.lifetime());
        this.lifeNanos = lifetimeNanos;
    }

    public String id() {
        return id;
    }

    public SessionOrder order() {
        return order;
    }

    public long openedNanos() {
        return openedNanos;
    }

    /// One request more: the lifetime is added to what is left, it does not begin anew (protocol.md
    /// §11.5).
    public void extend() {
        lifeNanos = Math.clamp(lifeNanos + lifetimeNanos, -LONGEST_NANOS, LONGEST_NANOS);
    }

    /// Whether it has expired.
    public boolean isDue(long now) {
        return now - openedNanos >= lifeNanos;
    }

    /// Until it expires, as things stand; zero where it has.
    public Duration remaining(long now) {
        return Duration.ofNanos(Math.max(lifeNanos - (now - openedNanos), 0));
    }

    /// What it looks like now.
    public SessionView view() {
        return new SessionView(id, order, createdAt, createdAt.plusNanos(lifeNanos));
    }

    private static long nanos(Duration lifetime) {
        if (lifetime.compareTo(LONGEST) > 0) {
            return LONGEST_NANOS;
        }
        return lifetime.compareTo(LONGEST.negated()) < 0 ? -LONGEST_NANOS : lifetime.toNanos();
    }
}
