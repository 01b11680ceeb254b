package dev.dray.domain.worker;

import dev.dray.domain.ledger.LedgerEntry;
import dev.dray.domain.workload.Pricing;
import dev.dray.model.Outcome;
import dev.dray.model.RequestPayload;
import dev.dray.port.exchange.InboundRequest;
import dev.dray.port.exchange.Reply;
import dev.dray.port.exchange.Responder;
import dev.dray.port.outbound.Envelope;
import dev.dray.port.outbound.PlatformProtocol;
import dev.dray.port.outbound.PlatformProtocol.Opened;
import dev.dray.port.outbound.Refusal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
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
    private final PluginCalls plugin;
    private final Door door;

    Checks(String backendId, Map<String, ServedRoute> routes, Surroundings around) {
        this.backendId = backendId;
        this.routes = routes;
        this.platform = around.ports().platform();
        this.standing = around.standing();
        this.effects = around.effects();
        this.sessions = around.books().sessions();
        this.held = around.books().held();
        this.plugin = around.plugin();
        this.door = around.door();
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
    Examined examine(InboundRequest request, Subject subject) {
        try {
            return look(request, subject);
        } catch (RuntimeException | Error fault) {
            return fault(fault, subject.entry());
        }
    }

    /// Examines the rest of a request that was held.
    Decided goOn(Early early, Subject subject) {
        try {
            return judge(early, subject);
        } catch (RuntimeException | Error fault) {
            return fault(fault, subject.entry());
        }
    }

    // A fault of the platform's adapter; the request must end all the same, or a drain waits for it for ever.
    private FinalReply fault(Throwable fault, LedgerEntry entry) {
        return refused(Refusals.workerFault(fault), entry.isVerified() ? Outcome.ERRORED : Outcome.INVALID);
    }

    private Examined look(InboundRequest request, Subject subject) {
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
            case Opened.Complete(Envelope envelope) -> verify(route, envelope, subject);
        };
    }

    private Examined verify(ServedRoute route, Envelope envelope, Subject subject) {
        return switch (platform.verify(envelope.reference())) {
            case VERIFIED -> verified(route, envelope, subject);
            case UNVERIFIED -> refused(Refusals.unverified(), Outcome.UNVERIFIED);
            case KEY_MISSING -> refused(Refusals.keyMissing(), Outcome.UNVERIFIED);
        };
    }

    private Examined verified(ServedRoute route, Envelope envelope, Subject subject) {
        LedgerEntry entry = subject.entry();
        entry.verified(envelope.reference());
        Optional<LiveSession> session = envelope.sessionId().flatMap(sessions::find);
        if (session.isPresent()) {
            entry.inside();
        }
        var early = new Early(route, envelope, session);
        return held.isOpen() || standing.get().draining() ? judge(early, subject) : early;
    }

    private Decided judge(Early early, Subject subject) {
        Standing now = standing.get();
        // A worker that lost too many threads to its plugin is about to drain.
        if (now.draining() || plugin.exhausted()) {
            return refused(Refusals.draining(), Outcome.REJECTED);
        }
        if (!now.everReady()) {
            return refused(Refusals.notReady(now.readiness()), Outcome.REJECTED);
        }
        return askPlugin(early, subject);
    }

    private Decided askPlugin(Early early, Subject subject) {
        RoutePlan route = early.route().plan();
        RequestPayload payload = early.envelope().payload();
        PluginCalls.Call call = plugin.begin("check", route, refusal -> forsake(subject, refusal));
        Map<String, String> mistakes;
        double units = 0;
        try {
            mistakes = copy(route.route().check(payload));
            if (mistakes.isEmpty()) {
                call.goOn("workload");
                units = Pricing.units(route.route(), payload);
            }
        } catch (Throwable fault) { // The plugin boundary: whatever foreign code throws becomes its own fault.
            return call.end()
                    ? refused(Refusals.pluginFault(backendId, "check", route, fault), Outcome.ERRORED)
                    : new Forsaken();
        }
        if (!call.end()) {
            return new Forsaken();
        }
        if (!mistakes.isEmpty()) {
            return refused(Refusals.invalidPayload(mistakes), Outcome.REJECTED);
        }
        subject.entry().priced(units);
        return enterSession(early);
    }

    // Keeps the plugin's order, and fails here where the plugin gave null.
    private static Map<String, String> copy(Map<String, String> said) {
        if (said.isEmpty()) {
            return Map.of();
        }
        var mistakes = new LinkedHashMap<String, String>();
        said.forEach((field, message) ->
                mistakes.put(Objects.requireNonNull(field, "field"), Objects.requireNonNull(message, "message")));
        return mistakes;
    }

    private void forsake(Subject subject, Refusal refusal) {
        door.forsake(subject.entry(), subject.responder(), refused(refusal, Outcome.ERRORED));
        subject.whenForsaken().run();
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
    sealed interface Decided extends Examined permits Passed, FinalReply, Forsaken {}

    /// Whose request is examined.
    ///
    /// @param whenForsaken runs where the plugin keeps the thread and the request was ended without it
    record Subject(LedgerEntry entry, Responder responder, Runnable whenForsaken) {
        Subject(LedgerEntry entry, Responder responder) {
            this(entry, responder, Subject::nothing);
        }

        private static void nothing() {}
    }

    /// The plugin took so long that it was ended meanwhile: nothing is left to do.
    record Forsaken() implements Decided {}

    /// Verified, and before the first READY: it may wait for it.
    ///
    /// @param session the session it is inside
    record Early(ServedRoute route, Envelope envelope, Optional<LiveSession> session) implements Examined {}

    /// Nothing stands against it; its price is in the entry.
    record Passed(ServedRoute route, Envelope envelope, Optional<LiveSession> session) implements Decided {}
}
