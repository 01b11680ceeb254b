package dev.dray.domain.worker;

import dev.dray.domain.admission.Home;
import dev.dray.domain.session.Session;
import dev.dray.domain.workload.Pricing;
import dev.dray.model.PlatformReference;
import dev.dray.model.RequestId;
import dev.dray.model.SessionSecret;
import dev.dray.port.outbound.SessionView;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// One session in the worker: its rules, and the requests inside it.
///
/// Rules, requests and whether it is open are guarded by the lock of [RequestBooks]; announcement and
/// alarm need none.
final class LiveSession {
    private final Session session;
    private final RequestId openedBy;
    private final double units;
    private final SessionCloser closer;
    private final Announcement announcement = new Announcement();
    private final Alarm expiry = new Alarm();
    private final Set<Visit> inside = new LinkedHashSet<>();
    private final Home home = new Home();
    private boolean open = true;

    /// @param openedBy the request that opened it
    LiveSession(Session session, RequestId openedBy, SessionCloser closer) {
        this.session = session;
        this.openedBy = openedBy;
        this.units = Math.min(session.order().units(), Pricing.MAX);
        this.closer = closer;
    }

    String id() {
        return session.id();
    }

    RequestId openedBy() {
        return openedBy;
    }

    /// What it reserves.
    double units() {
        return units;
    }

    long openedNanos() {
        return session.openedNanos();
    }

    boolean isSecret(SessionSecret secret) {
        return session.order().secret().equals(secret);
    }

    /// What others do to it is seen outside only after its opening was told.
    Announcement announcement() {
        return announcement;
    }

    Alarm expiry() {
        return expiry;
    }

    /// One of its requests has ended, and that was told.
    void visitEnded() {
        closer.visitEnded(this);
    }

    PlatformReference reference() {
        return session.order().reference();
    }

    // Under the lock.

    /// Where its requests run.
    Home home() {
        return home;
    }

    Session rules() {
        return session;
    }

    SessionView view() {
        return session.view();
    }

    boolean isOpen() {
        return open;
    }

    boolean isEmpty() {
        return inside.isEmpty();
    }

    void take(Visit visit) {
        inside.add(visit);
    }

    void leave(Visit visit) {
        inside.remove(visit);
    }

    /// Closes it and tells the requests that are inside now.
    List<Visit> close() {
        open = false;
        return List.copyOf(inside);
    }
}
