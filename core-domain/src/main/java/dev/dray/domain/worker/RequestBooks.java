package dev.dray.domain.worker;

import dev.dray.domain.admission.Admission;
import dev.dray.domain.admission.Decision;
import dev.dray.domain.ledger.Ledger;
import dev.dray.domain.ledger.LedgerEntry;
import dev.dray.domain.ledger.LedgerEntry.Stage;
import dev.dray.model.Outcome;
import dev.dray.port.inbound.ReadWorker.LoadSnapshot;
import dev.dray.port.outbound.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// The state all requests share, and the one lock around it: admission, ledger, and who is in the
/// worker.
///
/// Each method is one change of state under the lock. It calls nobody but the ticker and returns what
/// has to be told, so that effects happen after the lock is free. Thread-safe.
final class RequestBooks {
    private final ReentrantLock lock = new ReentrantLock();
    private final Admission<Visit> admission;
    private final Ledger ledger = new Ledger();
    private final Presence presence = new Presence();
    private final Ticker ticker;
    private final SessionBooks sessions;
    private final HeldBooks held;
    private final Map<String, ServedRoute> routes;

    RequestBooks(WorkerPlan plan, Ticker ticker) {
        WorkerPlan.Limits limits = plan.limits();
        this.admission = new Admission<>(
                limits.queued(), limits.concurrentRequests(), plan.servers().size());
        this.routes = ServedRoute.byPath(plan.routes(), admission);
        this.ticker = ticker;
        this.sessions = new SessionBooks(lock, ledger, presence, ticker, limits.sessions());
        this.held = new HeldBooks(lock, admission, ledger, ticker, plan.hold().isEmpty());
    }

    /// All routes by path, each with its lanes.
    Map<String, ServedRoute> routes() {
        return routes;
    }

    /// The sessions, under the same lock.
    SessionBooks sessions() {
        return sessions;
    }

    /// The requests that wait for the first READY, under the same lock.
    HeldBooks held() {
        return held;
    }

    /// Decides about a newcomer and books it.
    ///
    /// @return empty where its session has closed meanwhile: it is booked as rejected
    Optional<Decision> enter(Visit visit, double capacity) {
        lock.lock();
        try {
            long now = ticker.nanos();
            boolean homeless =
                    visit.session().isPresent() && !visit.session().get().isOpen();
            if (homeless && !admission.isClosed()) {
                ledger.refuse(visit.entry(), Outcome.REJECTED, now);
                return Optional.empty();
            }
            Decision decision = admission.decide(visit.claim(), now, capacity);
            switch (decision) {
                case Decision.Run _ -> {
                    ledger.admitRunning(visit.entry(), now);
                    presence.enter(visit);
                }
                case Decision.Wait _ -> {
                    ledger.admitWaiting(visit.entry(), now);
                    presence.enter(visit);
                }
                case Decision.Closed _ -> ledger.refuse(visit.entry(), Outcome.REJECTED, now);
                case Decision.Shed _ -> ledger.shed(visit.entry(), now);
            }
            return Optional.of(decision);
        } finally {
            lock.unlock();
        }
    }

    /// Books a verified request that was refused before admission.
    void refuse(LedgerEntry entry, Outcome outcome) {
        lock.lock();
        try {
            ledger.refuse(entry, outcome, ticker.nanos());
        } finally {
            lock.unlock();
        }
    }

    /// Ends a running request and passes its lane on.
    ///
    /// @return empty where it is not running, so that nothing happened; else who may start now
    Optional<Departure> end(Visit visit, Outcome outcome, double capacity) {
        lock.lock();
        try {
            if (visit.entry().stage() != Stage.RUNNING) {
                return Optional.empty();
            }
            long now = ticker.nanos();
            ledger.end(visit.entry(), outcome, now);
            presence.leave(visit);
            Optional<Visit> next = admission.release(visit.claim(), now, capacity);
            if (next.isEmpty()) {
                return Departure.ALONE;
            }
            ledger.start(next.get().entry());
            return Optional.of(new Departure(next));
        } finally {
            lock.unlock();
        }
    }

    /// Other model servers take new requests from now on.
    ///
    /// @param usable a bit for each, that of server 0 the lowest; one or more
    /// @return who may start now
    List<Visit> serveWith(long usable, double capacity) {
        lock.lock();
        try {
            List<Visit> started = admission.serveWith(usable, ticker.nanos(), capacity);
            started.forEach(visit -> ledger.start(visit.entry()));
            return started;
        } finally {
            lock.unlock();
        }
    }

    /// Requests that run on one model server.
    int running(int server) {
        lock.lock();
        try {
            return admission.running(server);
        } finally {
            lock.unlock();
        }
    }

    /// Ends a waiting request and takes it out of its queue.
    ///
    /// @return whether it was waiting; else nothing happened
    boolean withdraw(Visit visit, Outcome outcome) {
        lock.lock();
        try {
            if (visit.entry().stage() != Stage.WAITING) {
                return false;
            }
            withdrawLocked(visit, outcome);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// Admits nothing any more.
    void close() {
        lock.lock();
        try {
            admission.close();
        } finally {
            lock.unlock();
        }
    }

    /// Ends all waiting requests as rejected.
    Abandoned abandon() {
        lock.lock();
        try {
            var queued = new ArrayList<Visit>();
            for (Visit visit : presence.visits()) {
                if (visit.entry().stage() == Stage.WAITING) {
                    queued.add(visit);
                }
            }
            for (Visit visit : queued) {
                withdrawLocked(visit, Outcome.REJECTED);
            }
            return new Abandoned(queued, presence.visits());
        } finally {
            lock.unlock();
        }
    }

    /// When a request that waited in vain had better come again.
    Duration retryAfter(double capacity) {
        lock.lock();
        try {
            return admission.retryAfter(ticker.nanos(), capacity);
        } finally {
            lock.unlock();
        }
    }

    /// All counters and gauges of one moment.
    LoadSnapshot snapshot(Standing standing) {
        lock.lock();
        try {
            return LoadReading.of(ledger, held.size(), presence.working(), standing);
        } finally {
            lock.unlock();
        }
    }

    private void withdrawLocked(Visit visit, Outcome outcome) {
        admission.withdraw(visit.claim());
        ledger.end(visit.entry(), outcome, ticker.nanos());
        presence.leave(visit);
    }

    /// A running request has ended.
    ///
    /// @param next has its lane now and may start
    record Departure(Optional<Visit> next) {
        private static final Optional<Departure> ALONE = Optional.of(new Departure(Optional.empty()));
    }

    /// Everybody who was there when the worker gave up.
    ///
    /// @param queued  taken out of their queues and ended
    /// @param running still to be aborted
    record Abandoned(List<Visit> queued, List<Visit> running) {}
}
