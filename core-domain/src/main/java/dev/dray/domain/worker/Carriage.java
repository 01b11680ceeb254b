package dev.dray.domain.worker;

import dev.dray.domain.worker.RequestBooks.Departure;
import dev.dray.domain.workload.RequestBody;
import dev.dray.model.ErrorSource;
import dev.dray.model.Outcome;
import dev.dray.model.RequestPayload;
import dev.dray.port.exchange.InboundRequest;
import dev.dray.port.exchange.ModelFailure;
import dev.dray.port.outbound.ModelBody;
import dev.dray.port.outbound.ModelCall;
import dev.dray.port.outbound.ModelServer;
import dev.dray.port.outbound.Refusal;
import dev.dray.port.outbound.Ticker;
import dev.dray.port.outbound.WorkerEvent;
import java.util.Optional;
import java.util.function.Supplier;

/// Carries a request that has a lane to the model server, and sees to its end.
///
/// Runs on the request's own thread outside the lock; takes the lock once, at the end. Thread-safe.
final class Carriage {
    private static final ModelFailure HOME_GONE = new ModelFailure(
            ModelFailure.Kind.REFUSED,
            "the model server that this session is on is not ready; try again, or open another session");

    private final String backendId;
    private final ModelServer model;
    private final Ticker ticker;
    private final Supplier<Standing> standing;
    private final RequestBooks books;
    private final Effects effects;
    private final PluginCalls plugin;

    Carriage(WorkerPlan plan, Surroundings around) {
        this.backendId = plan.backendId();
        this.model = around.ports().model();
        this.ticker = around.ports().ticker();
        this.standing = around.standing();
        this.books = around.books();
        this.effects = around.effects();
        this.plugin = around.plugin();
    }

    /// Starts a request whose turn was told, unless its client has gone meanwhile.
    void carry(Visit visit) {
        if (!visit.take()) {
            return;
        }
        if (visit.isSevered()) {
            // Perhaps it has ended in its queue; breaking the answer off was left to this thread.
            visit.responder().breakOff();
            end(visit, Outcome.CANCELLED, 0, Effects.SESSION_CLOSED);
            return;
        }
        if (visit.isAbandoned()) {
            fail(visit, Refusals.draining());
            return;
        }
        if (visit.claim().isStranded()) {
            fail(visit, Refusals.modelFailure(HOME_GONE));
            return;
        }
        RoutePlan route = visit.route().plan();
        PluginCalls.Call call = plugin.begin("request", route, refusal -> forsake(visit, refusal));
        ModelBody body;
        try {
            RequestPayload payload = visit.envelope().payload();
            body = RequestBody.of(route.route().request(payload), payload.bytes());
        } catch (Throwable fault) { // The plugin boundary: whatever foreign code throws becomes its own fault.
            if (isOwn(call, visit)) {
                fail(visit, Refusals.pluginFault(backendId, "request", route, fault));
            }
            return;
        }
        if (!isOwn(call, visit)) {
            return;
        }
        visit.entry().started(ticker.nanos());
        effects.tell(new WorkerEvent.RequestStarted(visit.id(), visit.entry().route()));
        start(visit, route, body);
    }

    // The sweep may have taken the request and not have told the client yet, who would then hear of no answer at all.
    private boolean isOwn(PluginCalls.Call call, Visit visit) {
        boolean own = call.end();
        if (!own) {
            visit.responder()
                    .forsake(effects.words(call.refusal(), Outcome.ERRORED).reply());
        }
        return own;
    }

    /// The plugin keeps the request's thread: it is ended without it.
    private void forsake(Visit visit, Refusal refusal) {
        Outcome outcome = visit.isCancelled() ? Outcome.CANCELLED : Outcome.ERRORED;
        Optional<Departure> departure = books.end(visit, outcome, capacity());
        if (departure.isPresent()) {
            FinalReply words = effects.words(refusal, outcome);
            visit.entry().blame(refusal.source());
            visit.responder().forsake(words.reply());
            depart(visit, departure.get(), words.reply().status(), refusal.message());
        }
    }

    /// The model server's answer has begun.
    void head(Visit visit) {
        visit.entry().headArrived(ticker.nanos());
    }

    /// The whole answer was relayed.
    void ended(Visit visit) {
        int status = visit.headStatus();
        if (visit.isCancelled()) {
            end(visit, Outcome.CANCELLED, status, reason(visit));
        } else if (status >= 500) {
            visit.entry().blame(ErrorSource.MODEL);
            end(visit, Outcome.ERRORED, status, "the model server answered " + status);
        } else {
            end(visit, Outcome.SERVED, status, "");
        }
    }

    /// The answer will not come, or broke.
    void failed(Visit visit, ModelFailure failure) {
        if (failure.kind() == ModelFailure.Kind.CLIENT_GONE) {
            gone(visit);
        } else {
            fail(visit, visit.isAbandoned() ? Refusals.draining() : Refusals.modelFailure(failure));
        }
    }

    /// Nobody is there to read the answer any more.
    void gone(Visit visit) {
        Optional<Departure> departure = books.end(visit, Outcome.CANCELLED, capacity());
        if (departure.isPresent()) {
            if (visit.headStatus() != 0 || visit.isSevered()) {
                visit.responder().breakOff();
            }
            depart(visit, departure.get(), visit.headStatus(), reason(visit));
        }
    }

    private void start(Visit visit, RoutePlan route, ModelBody body) {
        InboundRequest request = visit.request();
        var call = new ModelCall(
                visit.claim().server(),
                request.method(),
                route.path(),
                body,
                request.headers(),
                route.timeOuts(),
                ModelCall.Work.of(visit.id(), visit.entry().units()),
                visit.responder());
        try {
            model.start(call, visit);
        } catch (RuntimeException | Error fault) {
            // Against the contract; but a lane that is never given back would stop the worker for good.
            fail(visit, Refusals.workerFault(fault));
        }
    }

    private void fail(Visit visit, Refusal refusal) {
        if (visit.isCancelled()) {
            gone(visit);
            return;
        }
        Optional<Departure> departure = books.end(visit, Outcome.ERRORED, capacity());
        if (departure.isEmpty()) {
            return;
        }
        int status = visit.headStatus();
        if (status == 0) {
            status = effects.refuse(visit, refusal);
        } else {
            visit.entry().blame(refusal.source());
            visit.responder().breakOff();
        }
        depart(visit, departure.get(), status, refusal.message());
    }

    private void end(Visit visit, Outcome outcome, int status, String reason) {
        Optional<Departure> departure = books.end(visit, outcome, capacity());
        if (departure.isPresent()) {
            depart(visit, departure.get(), status, reason);
        }
    }

    private void depart(Visit visit, Departure departure, int status, String reason) {
        effects.ended(visit, status, reason);
        if (departure.next().isPresent()) {
            effects.turn(departure.next().get());
        }
    }

    private static String reason(Visit visit) {
        return visit.isSevered() ? Effects.SESSION_CLOSED : Effects.CLIENT_GONE;
    }

    private double capacity() {
        return standing.get().capacityUnitsPerSecond().orElse(0);
    }
}
