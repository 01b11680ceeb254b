package dev.dray.domain.worker;

import dev.dray.domain.admission.Admission;
import dev.dray.domain.admission.Decision;
import dev.dray.domain.ledger.Ledger;
import dev.dray.domain.ledger.LedgerEntry;
import dev.dray.domain.ledger.LedgerEntry.Stage;
import dev.dray.domain.workload.Workload;
import dev.dray.model.Outcome;
import dev.dray.model.PlatformReference;
import dev.dray.port.inbound.ReadWorker.LoadSnapshot;
import dev.dray.port.outbound.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// The state all requests share, and the one lock around it: admission, ledger, and who is in the worker.
///
/// Each method is one change of state under the lock. It calls nobody but the ticker and returns what has to be told,
/// so that effects happen after the lock is free. Thread-safe.
final class RequestBooks {
    private final ReentrantLock lock = new ReentrantLock();
    private final Admission<Visit> admission;
    private final Ledger ledger = new Ledger();
    private final LinkedHashSet<Visit> working = new LinkedHashSet<>();
    private final Ticker ticker;

    RequestBooks(WorkerPlan.Limits limits, Ticker ticker) {
        this.admission = new Admission<>(limits.queued(), limits.concurrentRequests());
        this.ticker = ticker;
    }

    /// Decides about a newcomer and books it.
    Decision enter(Visit visit, double capacity) {
        lock.lock();
        try {
            long now = ticker.nanos();
            Decision decision = admission.decide(visit.claim(), now, capacity);
            switch (decision) {
                case Decision.Run _ -> {
                    ledger.admitRunning(visit.entry(), now);
                    working.addLast(visit);
                }
                case Decision.Wait _ -> {
                    ledger.admitWaiting(visit.entry(), now);
                    working.addLast(visit);
                }
                case Decision.Closed _ -> ledger.refuse(visit.entry(), Outcome.REJECTED, now);
                case Decision.Shed _ -> ledger.shed(visit.entry(), now);
            }
            return decision;
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
            working.remove(visit);
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
            for (Visit visit : working) {
                if (visit.entry().stage() == Stage.WAITING) {
                    queued.add(visit);
                }
            }
            for (Visit visit : queued) {
                withdrawLocked(visit, Outcome.REJECTED);
            }
            return new Abandoned(queued, List.copyOf(working));
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
            Workload units = ledger.workload();
            return new LoadSnapshot(
                    units.received().units(),
                    units.served().units(),
                    units.errored().units(),
                    units.cancelled().units(),
                    units.shed().units() + units.expelled().units(),
                    ledger.requestsReceived(),
                    units.running().units() + units.waiting().units(),
                    units.waiting().units(),
                    0,
                    (int) units.running().requests(),
                    (int) units.waiting().requests(),
                    0,
                    0,
                    references(),
                    standing.capacityUnitsPerSecond(),
                    standing.loadTime());
        } finally {
            lock.unlock();
        }
    }

    private void withdrawLocked(Visit visit, Outcome outcome) {
        admission.withdraw(visit.claim());
        ledger.end(visit.entry(), outcome, ticker.nanos());
        working.remove(visit);
    }

    private List<PlatformReference> references() {
        var references = new ArrayList<PlatformReference>(working.size());
        for (Visit visit : working) {
            references.add(visit.envelope().reference());
        }
        return references;
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
