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
import java.util.Set;
import java.util.function.Supplier;

/// Everything that can be said about a request before admission, in the order of decision 5: path and method, envelope,
/// signature, state, the plugin's check, workload, session. The first objection decides.
///
/// Runs on the request's own thread outside the lock. Thread-safe.
final class Checks {
    /// What a route of the backend answers to.
    static final Set<String> METHODS = Set.of("POST");

    private final String backendId;
    private final Map<String, ServedRoute> routes;
    private final PlatformProtocol platform;
    private final Supplier<Standing> standing;

    Checks(String backendId, Map<String, ServedRoute> routes, PlatformProtocol platform, Supplier<Standing> standing) {
        this.backendId = backendId;
        this.routes = routes;
        this.platform = platform;
        this.standing = standing;
    }

    /// Examines a request and writes what it learns into the entry.
    Examined examine(InboundRequest request, LedgerEntry entry) {
        try {
            return look(request, entry);
        } catch (RuntimeException | Error fault) {
            // A fault of the platform's adapter; the request must end all the same, or a drain waits for it for ever.
            return refused(Refusals.workerFault(fault), entry.isVerified() ? Outcome.ERRORED : Outcome.INVALID);
        }
    }

    private Examined look(InboundRequest request, LedgerEntry entry) {
        ServedRoute route = routes.get(request.path());
        if (route == null) {
            return new Refused(Reply.empty(404), Outcome.INVALID, "nothing is served at this path");
        }
        if (!METHODS.contains(request.method())) {
            Reply reply = Reply.empty(405).with("Allow", "POST");
            return new Refused(reply, Outcome.INVALID, "method " + request.method() + ", expected POST");
        }
        return switch (platform.open(request)) {
            case Opened.Malformed(Reply reply) ->
                new Refused(reply, Outcome.INVALID, "no envelope could be read from the body");
            case Opened.Complete(Envelope envelope) -> verify(route, envelope, entry);
        };
    }

    private Examined verify(ServedRoute route, Envelope envelope, LedgerEntry entry) {
        return switch (platform.verify(envelope.reference())) {
            case VERIFIED -> {
                entry.verified(envelope);
                yield judge(route, envelope, entry);
            }
            case UNVERIFIED -> refused(Refusals.unverified(), Outcome.UNVERIFIED);
            case KEY_MISSING -> refused(Refusals.keyMissing(), Outcome.UNVERIFIED);
        };
    }

    private Examined judge(ServedRoute route, Envelope envelope, LedgerEntry entry) {
        Standing now = standing.get();
        if (now.draining()) {
            return refused(Refusals.draining(), Outcome.REJECTED);
        }
        if (!now.everReady()) {
            return refused(Refusals.notReady(now.readiness()), Outcome.REJECTED);
        }
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
        // There are no sessions yet, so there is none a request could belong to.
        if (envelope.sessionId().isPresent()) {
            return refused(Refusals.unknownSession(), Outcome.REJECTED);
        }
        return new Passed(route, envelope);
    }

    private Examined refused(Refusal refusal, Outcome outcome) {
        return new Refused(platform.refusal(refusal), outcome, refusal.message());
    }

    /// What came of the checks.
    sealed interface Examined {}

    /// Nothing stands against it; its price is in the entry.
    record Passed(ServedRoute route, Envelope envelope) implements Examined {}

    /// The first objection.
    record Refused(Reply reply, Outcome outcome, String reason) implements Examined {}
}
