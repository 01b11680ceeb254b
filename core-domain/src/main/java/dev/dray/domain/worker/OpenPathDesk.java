package dev.dray.domain.worker;

import dev.dray.domain.ledger.LedgerEntry;
import dev.dray.domain.worker.WorkerPlan.Limits;
import dev.dray.model.ErrorSource;
import dev.dray.model.Outcome;
import dev.dray.model.RequestId;
import dev.dray.port.exchange.Abort;
import dev.dray.port.exchange.Exchange;
import dev.dray.port.exchange.InboundRequest;
import dev.dray.port.exchange.ModelFailure;
import dev.dray.port.exchange.Responder;
import dev.dray.port.exchange.Ticket;
import dev.dray.port.outbound.ModelBody;
import dev.dray.port.outbound.ModelCall;
import dev.dray.port.outbound.ModelCall.TimeOuts;
import dev.dray.port.outbound.PlatformProtocol.Verdict;
import dev.dray.port.outbound.Refusal;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Takes requests to the model server's open paths, such as a list of models: they are passed on at
/// once, priced at nothing, and are no load. Only a metric hears of them, and a drain waits for them.
///
/// Thread-safe, without a lock.
final class OpenPathDesk {
    static final Set<String> METHODS = Set.of("GET");

    private final Set<String> paths;
    private final int limit;
    private final Surroundings around;
    private volatile long usable = 1;
    private final Set<OpenVisit> running = ConcurrentHashMap.newKeySet();

    OpenPathDesk(Set<String> paths, Limits limits, Surroundings around) {
        this.paths = paths;
        this.limit = limits.concurrentRequests();
        this.around = around;
    }

    boolean serves(String path) {
        return paths.contains(path);
    }

    /// Other model servers take requests from now on; the first of them is asked.
    ///
    /// @param newUsable a bit for each, that of server 0 the lowest; one or more
    void serveWith(long newUsable) {
        usable = newUsable;
    }

    Ticket arrive(InboundRequest request, Responder responder) {
        LedgerEntry entry = around.door().enter(request, request.path());
        FinalReply objection = objection(request);
        if (objection != null) {
            return around.door().answer(entry, responder, objection);
        }
        var visit = new OpenVisit(entry, request, responder);
        running.add(visit);
        responder.proceed();
        return visit;
    }

    /// Aborts what runs.
    void abandon() {
        running.forEach(OpenVisit::abandon);
    }

    private @Nullable FinalReply objection(InboundRequest request) {
        if (!METHODS.contains(request.method())) {
            return Checks.methodNotAllowed(request, METHODS);
        }
        try {
            if (around.ports().platform().verifyOpen(request) != Verdict.VERIFIED) {
                return around.effects().words(Refusals.unverified(), Outcome.UNVERIFIED);
            }
        } catch (RuntimeException | Error fault) {
            return around.effects().words(Refusals.workerFault(fault), Outcome.INVALID);
        }
        if (around.standing().get().draining()) {
            return around.effects().words(Refusals.draining(), Outcome.REJECTED);
        }
        return running.size() < limit ? null : around.effects().words(Refusals.tooManyOpen(limit), Outcome.REJECTED);
    }

    /// One request on its way to the model server and back.
    final class OpenVisit implements Ticket, Exchange {
        private final LedgerEntry entry;
        private final InboundRequest request;
        private final Responder responder;
        private final AtomicBoolean over = new AtomicBoolean();
        private volatile boolean cancelled;
        private volatile boolean abandoned;
        private volatile @Nullable Abort abort;
        private int headStatus;

        OpenVisit(LedgerEntry entry, InboundRequest request, Responder responder) {
            this.entry = entry;
            this.request = request;
            this.responder = responder;
        }

        @Override
        public RequestId id() {
            return entry.id();
        }

        void carry() {
            if (cancelled) {
                gone();
                return;
            }
            if (abandoned) {
                fail(Refusals.draining());
                return;
            }
            entry.passedOn(around.ports().ticker().nanos());
            var call = new ModelCall(
                    Long.numberOfTrailingZeros(usable),
                    request.method(),
                    request.path(),
                    ModelBody.NONE,
                    request.headers(),
                    TimeOuts.PARALLEL,
                    ModelCall.Work.of(entry.id(), 0),
                    responder);
            try {
                around.ports().model().start(call, this);
            } catch (RuntimeException | Error fault) {
                // Against the contract; but a drain would wait for it for ever.
                fail(Refusals.workerFault(fault));
            }
        }

        void cancel() {
            cancelled = true;
            abort();
        }

        void abandon() {
            abandoned = true;
            abort();
        }

        private void abort() {
            Abort known = abort;
            if (known != null) {
                known.abort();
            }
        }

        @Override
        public void begun(Abort newAbort) {
            abort = newAbort;
            if (cancelled || abandoned) {
                newAbort.abort();
            }
        }

        @Override
        public void head(int status) {
            headStatus = status;
            entry.headArrived(around.ports().ticker().nanos());
        }

        @Override
        public void ended() {
            boolean broken = headStatus >= 500;
            entry.blame(ErrorSource.MODEL);
            String reason = broken ? "the model server answered " + headStatus : "";
            end(broken ? Outcome.ERRORED : Outcome.SERVED, headStatus, reason);
        }

        @Override
        public void failed(ModelFailure failure) {
            if (cancelled || failure.kind() == ModelFailure.Kind.CLIENT_GONE) {
                gone();
            } else {
                fail(abandoned ? Refusals.draining() : Refusals.modelFailure(failure));
            }
        }

        private void gone() {
            if (headStatus != 0) {
                responder.breakOff();
            }
            end(Outcome.CANCELLED, headStatus, Effects.CLIENT_GONE);
        }

        private void fail(Refusal refusal) {
            FinalReply words = around.effects().words(refusal, Outcome.ERRORED);
            entry.blame(words.source());
            if (headStatus == 0) {
                responder.reply(words.reply());
            } else {
                responder.breakOff();
            }
            end(Outcome.ERRORED, headStatus == 0 ? words.reply().status() : headStatus, words.reason());
        }

        private void end(Outcome outcome, int status, String reason) {
            running.remove(this);
            if (over.compareAndSet(false, true)) {
                entry.passedBack(outcome, around.ports().ticker().nanos());
                around.effects().ended(entry, status, reason);
            }
        }
    }
}
