package dev.dray.domain.worker;

import dev.dray.domain.worker.SessionBooks.Closing;
import dev.dray.model.Outcome;
import dev.dray.port.outbound.CallbackSender;
import dev.dray.port.outbound.CallbackSender.Delivery;
import dev.dray.port.outbound.PlatformRoutes;
import dev.dray.port.outbound.Timers;
import dev.dray.port.outbound.WorkerEvent.SessionClosed;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Sees sessions to their end: it is removed, its requests are cancelled, its callback is sent; once
/// that came back, its units are free and its end is told. Who removes a session sees to the rest, so
/// that each closes exactly once. Thread-safe.
final class SessionCloser {
    private final SessionBooks books;
    private final RequestBooks requests;
    private final Effects effects;
    private final IdleWatch idle;
    private final PlatformRoutes routes;
    private final CallbackSender callbacks;
    private final Timers timers;

    SessionCloser(Surroundings around) {
        this.books = around.books().sessions();
        this.requests = around.books();
        this.effects = around.effects();
        this.idle = around.idle();
        this.routes = around.ports().platform().routes();
        this.callbacks = around.ports().callbacks();
        this.timers = around.ports().timers();
    }

    /// Closes a session when it expires. One timer for each: one that rings too early, for the session
    /// lives longer by now, is set again.
    void watch(LiveSession session) {
        books.remaining(session).ifPresent(left -> session.expiry().set(timers.after(left, () -> expire(session))));
    }

    /// Closes a session because its owner says so.
    ///
    /// @param whenClosed runs when the callback came back
    /// @return whether it was open; else nothing happened
    boolean end(LiveSession session, Runnable whenClosed) {
        Optional<Closing> closing = books.close(session);
        closing.ifPresent(one -> close(one, "ended", true, whenClosed));
        return closing.isPresent();
    }

    /// Closes every open session as their owners would.
    ///
    /// @return their ids in the order opened
    List<String> endAll() {
        List<Closing> closing = books.closeOpen();
        closing.forEach(one -> close(one, "ended", true, () -> {}));
        return closing.stream().map(one -> one.session().id()).toList();
    }

    /// The end of a request inside was told.
    void visitEnded(LiveSession session) {
        books.closeDrained(session).ifPresent(this::drained);
    }

    /// Closes sessions without requests now, the others after their last one.
    void drain() {
        books.drain().forEach(this::drained);
    }

    /// Closes the rest. Their requests are not cancelled: the worker has given up on them already.
    void abandon() {
        books.closeAll().forEach(closing -> close(closing, "drained", false, () -> {}));
    }

    private void drained(Closing closing) {
        close(closing, "drained", true, () -> {});
    }

    private void expire(LiveSession session) {
        books.closeExpired(session)
                .ifPresentOrElse(closing -> close(closing, "expired", true, () -> {}), () -> watch(session));
    }

    private void close(Closing closing, String reason, boolean sever, Runnable whenClosed) {
        LiveSession session = closing.session();
        session.expiry().stop();
        session.announcement().then(() -> {
            if (sever) {
                sever(closing.inside());
            }
            callBack(
                    closing,
                    callback -> books.closed(session).ifPresent(now -> {
                        effects.tell(new SessionClosed(
                                session.openedBy(), closing.view(), reason, callback, session.openedNanos(), now));
                        whenClosed.run();
                        idle.leave();
                    }));
        });
    }

    private void sever(List<Visit> visits) {
        for (Visit visit : visits) {
            visit.sever();
            if (requests.withdraw(visit, Outcome.CANCELLED)) {
                effects.severed(visit);
            } else {
                visit.abort();
            }
        }
    }

    private void callBack(Closing closing, Consumer<String> done) {
        try {
            Optional<CallbackSender.Callback> callback = routes.callback(closing.view());
            if (callback.isPresent()) {
                callbacks.send(closing.server(), callback.get(), delivery -> done.accept(words(delivery)));
                return;
            }
        } catch (RuntimeException | Error fault) {
            // Against the contract; but a session that never closes would keep its units and stop the drain for good.
            done.accept("failed: the worker's own fault, " + fault.getClass().getName());
            return;
        }
        done.accept("");
    }

    private static String words(Delivery delivery) {
        return switch (delivery) {
            case Delivery.Answered(int status) -> "answered " + status;
            case Delivery.Failed(String reason) -> "failed: " + reason;
        };
    }
}
