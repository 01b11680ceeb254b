package dev.dray.app;

import dev.dray.port.exchange.InboundRequest;
import dev.dray.port.exchange.Responder;
import dev.dray.port.exchange.Ticket;
import dev.dray.port.inbound.RequestGate;
import java.util.Set;

/// The listener for the model server's side. Its routes are those of sessions, and there are none yet: every path is
/// unknown.
final class InternalGate implements RequestGate {
    @Override
    public Set<String> methods(String path) {
        return Set.of();
    }

    @Override
    public Ticket arrive(InboundRequest request, Responder responder) {
        throw new IllegalStateException("no path is known here, so nothing arrives");
    }

    @Override
    public void proceed(Ticket ticket) {
        throw new IllegalStateException("no path is known here, so nothing proceeds");
    }

    @Override
    public void cancel(Ticket ticket) {
        throw new IllegalStateException("no path is known here, so nothing is cancelled");
    }
}
