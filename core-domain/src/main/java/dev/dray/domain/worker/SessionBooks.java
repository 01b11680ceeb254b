package dev.dray.domain.worker;

import dev.dray.domain.ledger.Ledger;
import dev.dray.domain.ledger.LedgerEntry;
import dev.dray.domain.session.SessionRegister;
import dev.dray.port.outbound.SessionView;
import dev.dray.port.outbound.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// The sessions of the worker. Shares the lock of [RequestBooks]: each method is one change of state
/// under it, and returns what has to be told. Thread-safe.
final class SessionBooks {
    private final ReentrantLock lock;
    private final Ledger ledger;
    private final Presence presence;
    private final Ticker ticker;
    private final SessionRegister<LiveSession> register;
    private boolean draining;

    SessionBooks(ReentrantLock lock, Ledger ledger, Presence presence, Ticker ticker, OptionalInt limit) {
        this.lock = lock;
        this.ledger = ledger;
        this.presence = presence;
        this.ticker = ticker;
        this.register = new SessionRegister<>(limit);
    }

    /// What became of an order for a session.
    sealed interface Opening {
        record Opened(SessionView view) implements Opening {}

        /// Another session is called so already; nothing was booked.
        record IdTaken() implements Opening {}

        /// It is booked as shed.
        ///
        /// @param untilNext until a session expires, as things stand
        record Full(Duration untilNext) implements Opening {}

        /// Nothing is opened any more; nothing was booked.
        record Closed() implements Opening {}
    }

    /// A session that is closing from now on.
    ///
    /// @param view   what it looked like at its end
    /// @param inside its requests, still to be cancelled
    /// @param server the model server it was on
    record Closing(LiveSession session, SessionView view, List<Visit> inside, int server) {}

    /// Opens a session.
    ///
    /// @param entry the request that asks for it, priced
    Opening open(LiveSession session, LedgerEntry entry) {
        return locked(() -> {
            long now = ticker.nanos();
            if (draining) {
                return new Opening.Closed();
            }
            if (register.isTaken(session.id())) {
                return new Opening.IdTaken();
            }
            if (register.isFull()) {
                entry.priced(session.units());
                ledger.shed(entry, now);
                return new Opening.Full(untilNextExpires(now));
            }
            register.add(session.id(), session);
            presence.enter(session);
            ledger.openSession(entry, session.units(), now);
            return new Opening.Opened(session.view());
        });
    }

    /// The open session of an id.
    Optional<LiveSession> find(String id) {
        return locked(() -> register.open(id));
    }

    /// The session of an id that is closing, its callback not back yet.
    Optional<LiveSession> findClosing(String id) {
        return locked(() -> register.closing(id));
    }

    SessionView view(LiveSession session) {
        return locked(session::view);
    }

    /// Makes a session live longer by one request.
    ///
    /// @return whether it is open; else nothing happened
    boolean extend(LiveSession session) {
        return locked(() -> {
            if (session.isOpen()) {
                session.rules().extend();
            }
            return session.isOpen();
        });
    }

    /// Until an open session expires, as things stand; empty where it is not open.
    Optional<Duration> remaining(LiveSession session) {
        return locked(
                () -> session.isOpen() ? Optional.of(session.rules().remaining(ticker.nanos())) : Optional.empty());
    }

    /// Begins to close a session; empty where somebody else has.
    Optional<Closing> close(LiveSession session) {
        return closeIf(session, _ -> true);
    }

    /// The same, if it has expired.
    Optional<Closing> closeExpired(LiveSession session) {
        return closeIf(session, one -> one.rules().isDue(ticker.nanos()));
    }

    /// The same, if the worker drains and no request is inside.
    Optional<Closing> closeDrained(LiveSession session) {
        return closeIf(session, one -> draining && one.isEmpty());
    }

    /// Opens nothing any more.
    ///
    /// @return the sessions that close at once, for no request is inside
    List<Closing> drain() {
        return locked(() -> {
            draining = true;
            return closeAll(LiveSession::isEmpty);
        });
    }

    /// Begins to close all that are open now.
    List<Closing> closeOpen() {
        return locked(() -> closeAll(_ -> true));
    }

    /// Begins to close all sessions, and opens nothing any more.
    List<Closing> closeAll() {
        return locked(() -> {
            draining = true;
            return closeAll(_ -> true);
        });
    }

    /// Books the end of a session whose callback came back.
    ///
    /// @return the moment; empty where it was told before, so that nothing happened
    Optional<Long> closed(LiveSession session) {
        return locked(() -> {
            if (!register.closed(session.id())) {
                return Optional.empty();
            }
            presence.leave(session);
            ledger.closeSession(session.units());
            return Optional.of(ticker.nanos());
        });
    }

    private List<Closing> closeAll(Predicate<LiveSession> which) {
        var closing = new ArrayList<Closing>();
        for (LiveSession session : register.allOpen()) {
            closeIf(session, which).ifPresent(closing::add);
        }
        return closing;
    }

    private Optional<Closing> closeIf(LiveSession session, Predicate<LiveSession> condition) {
        return locked(() -> {
            if (!session.isOpen() || !condition.test(session) || !register.beginClosing(session.id())) {
                return Optional.empty();
            }
            return Optional.of(new Closing(
                    session, session.view(), session.close(), session.home().serverOrFirst()));
        });
    }

    private Duration untilNextExpires(long now) {
        return register.allOpen().stream()
                .map(session -> session.rules().remaining(now))
                .min(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private <T> T locked(Supplier<T> change) {
        lock.lock();
        try {
            return change.get();
        } finally {
            lock.unlock();
        }
    }
}
