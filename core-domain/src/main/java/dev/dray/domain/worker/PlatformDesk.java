package dev.dray.domain.worker;

import dev.dray.domain.ledger.LedgerEntry;
import dev.dray.model.Outcome;
import dev.dray.port.exchange.InboundRequest;
import dev.dray.port.exchange.Responder;
import dev.dray.port.exchange.Ticket;
import dev.dray.port.inbound.RequestGate;
import dev.dray.port.outbound.Entrance;
import dev.dray.port.outbound.PlatformProtocol;
import dev.dray.port.outbound.PlatformRequest;
import dev.dray.port.outbound.PlatformRequest.Answered;
import dev.dray.port.outbound.PlatformRequest.OpenSession;
import dev.dray.port.outbound.PlatformRequest.UseSession;
import java.util.Set;

/// Takes requests to the platform's own paths, on one listener. Nothing here is ever carried on.
/// Thread-safe.
final class PlatformDesk implements RequestGate {
    private final PlatformProtocol platform;
    private final Set<String> paths;
    private final Door door;
    private final SessionDesk sessions;

    PlatformDesk(Surroundings around, Entrance entrance, SessionDesk sessions) {
        this.platform = around.ports().platform();
        this.paths = Set.copyOf(platform.routes().paths(entrance));
        this.door = around.door();
        this.sessions = sessions;
    }

    boolean serves(String path) {
        return paths.contains(path);
    }

    @Override
    public Set<String> methods(String path) {
        return serves(path) ? Checks.METHODS : Set.of();
    }

    @Override
    public Ticket arrive(InboundRequest request, Responder responder) {
        if (!serves(request.path())) {
            return door.answer(door.enter(request, Checks.NO_ROUTE), responder, Checks.notFound());
        }
        LedgerEntry entry = door.enter(request, request.path());
        if (!Checks.METHODS.contains(request.method())) {
            return door.answer(entry, responder, Checks.methodNotAllowed(request));
        }
        return switch (read(request)) {
            case Answered answered ->
                door.answer(entry, responder, new FinalReply(answered.reply(), answered.outcome(), answered.reason()));
            case OpenSession(var order) -> sessions.open(order, entry, responder);
            case UseSession use -> sessions.use(use, entry, responder);
        };
    }

    @Override
    public void proceed(Ticket ticket) {}

    @Override
    public void cancel(Ticket ticket) {
        sessions.cancel(ticket);
    }

    private PlatformRequest read(InboundRequest request) {
        try {
            return platform.routes().read(request);
        } catch (RuntimeException | Error fault) {
            // A fault of the platform's adapter; the request must end all the same, or a drain waits for it for ever.
            var refusal = Refusals.workerFault(fault);
            return new Answered(platform.refusal(refusal), Outcome.ERRORED, refusal.message());
        }
    }
}
