package dev.dray.domain.worker;

import dev.dray.domain.ledger.LedgerEntry;
import dev.dray.domain.workload.Pricing;
import dev.dray.model.Outcome;
import dev.dray.port.exchange.InboundRequest;
import dev.dray.port.exchange.Reply;
import dev.dray.port.outbound.Envelope;
import dev.dray.port.outbound.PlatformProtocol;
import dev.dray.port.outbound.PlatformProtocol.Opened;
import dev.dray.port.outbound.Refusal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Everything that can be said about a request before admission, in the order of decision 5: path and
/// method, envelope, signature, state, the plugin's check, workload, session. The first objection
/// decides. Whether a request is inside a session is known once its signature verified: from then on
/// it has no outcome of its own.
///
/// Runs on the request's own thread outside the lock; for a request that was held, on a timer's.
/// Thread-safe.
final class Checks {
    /// What all routes answer to.
    static final Set<String> METHODS = Set.of("POST");

    /// The route of a request to a path that nothing lives at.
    static final String NO_ROUTE = "other";

    private final String backendId;
    private final Map<String, ServedRoute> routes;
    private final PlatformProtocol platform;
    private final Supplier<Standing> standing;
    private final Effects effects;
    private final SessionBooks sessions;
    private final HeldBooks held;

    Checks(String backendId, Map<String, ServedRoute> routes, Surroundings around) {
        this.backendId = backendId;
        this.routes = routes;
        this.platform = around.ports().platform();
        this.standing = around.standing();
        this.effects = around.effects();
        this.sessions = around.books().sessions();
        this.held = around.books().held();
    }

    static FinalReply notFound() {
        return new FinalReply(Reply.empty(404), Outcome.INVALID, "nothing is served at this path");
    }

    static FinalReply methodNotAllowed(InboundRequest request) {
        return methodNotAllowed(request, METHODS);
    }

    static FinalReply methodNotAllowed(InboundRequest request, Set<String> methods) {
        String allowed = String.join(", ", methods);
        Reply reply = Reply.empty(405).with("Allow", allowed);
        return new FinalReply(reply, Outcome.INVALID, "method " + request.method() + ", expected " + allowed);
    }

    /// Examines a request and writes what it learns into the entry.
    Examined examine(InboundRequest request, LedgerEntry entry) {
        try {
            return look(request, entry);
        } catch (RuntimeException | Error fault) {
            return fault(fault, entry);
        }
    }

    /// Examines the rest of a request that was held.
    Decided goOn(Early early, LedgerEntry entry) {
        try {
            return judge(early, entry);
        } catch (RuntimeException | Error fault) {
            return fault(fault, entry);
        }
    }

    // A fault of the platform's adapter; the request must end all the same, or a drain waits for it for ever.
    private FinalReply fault(Throwable fault, LedgerEntry entry) {
        return refused(Refusals.workerFault(fault), entry.isVerified() ? Outcome.ERRORED : Outcome.INVALID);
    }

    private Examined look(InboundRequest request, LedgerEntry entry) {
        ServedRoute route = routes.get(request.path());
        if (route == null) {
            return notFound();
        }
        if (!METHODS.contains(request.method())) {
            return methodNotAllowed(request);
        }
        return switch (platform.open(request)) {
            case Opened.Malformed(Reply reply) ->
                new FinalReply(reply, Outcome.INVALID, "no envelope could be read from the body");
            case Opened.Complete(Envelope envelope) -> verify(route, envelope, entry);
        };
    }

    private Examined verify(ServedRoute route, Envelope envelope, LedgerEntry entry) {
        return switch (platform.verify(envelope.reference())) {
            case VERIFIED -> verified(route, envelope, entry);
            case UNVERIFIED -> refused(Refusals.unverified(), Outcome.UNVERIFIED);
            case KEY_MISSING -> refused(Refusals.keyMissing(), Outcome.UNVERIFIED);
        };
    }

    private Examined verified(ServedRoute route, Envelope envelope, LedgerEntry entry) {
        entry.verified(envelope.reference());
        Optional<LiveSession> session = envelope.sessionId().flatMap(sessions::find);
        if (session.isPresent()) {
            entry.inside();
        }
        var early = new Early(route, envelope, session);
        return held.isOpen() || standing.get().draining() ? judge(early, entry) : early;
    }

    private Decided judge(Early early, LedgerEntry entry) {
        Standing now = standing.get();
        if (now.draining()) {
            return refused(Refusals.draining(), Outcome.REJECTED);
        }
        if (!now.everReady()) {
            return refused(Refusals.notReady(now.readiness()), Outcome.REJECTED);
        }
        ServedRoute route = early.route();
        Envelope envelope = early.envelope();
        Map<String, String> mistakes;
        try {
            // A copy that keeps the plugin's order, and fails here where the plugin gave null.
            mistakes = new LinkedHashMap<>(route.plan().route().check(envelope.payload()));
        } catch (Throwable fault) { // The plugin boundary: whatever foreign code throws becomes its own fault.
            return refused(Refusals.pluginFault(backendId, "check", route.plan(), fault), Outcome.ERRORED);
        }
        if (!mistakes.isEmpty()) {
            return refused(Refusals.invalidPayload(mistakes), Outcome.REJECTED);
        }
        entry.priced(Pricing.units(route.plan().route(), envelope.payload()));
        return enterSession(early);
    }

    private Decided enterSession(Early early) {
        Optional<LiveSession> session = early.session();
        boolean asked = early.envelope().sessionId().isPresent();
        if (asked && !session.map(sessions::extend).orElse(false)) {
            return refused(Refusals.unknownSession(), Outcome.REJECTED);
        }
        return new Passed(early.route(), early.envelope(), session);
    }

    private FinalReply refused(Refusal refusal, Outcome outcome) {
        return effects.words(refusal, outcome);
    }

    /// What came of the checks.
    sealed interface Examined permits Early, Decided {}

    /// What came of all of them.
    sealed interface Decided extends Examined permits Passed, FinalReply {}

    /// Verified, and before the first READY: it may wait for it.
    ///
    /// @param session the session it is inside
    record Early(ServedRoute route, Envelope envelope, Optional<LiveSession> session) implements Examined {}

    /// Nothing stands against it; its price is in the entry.
    record Passed(ServedRoute route, Envelope envelope, Optional<LiveSession> session) implements Decided {}
}
