package dev.dray.port.inbound;

import dev.dray.port.exchange.InboundRequest;
import dev.dray.port.exchange.Responder;
import dev.dray.port.exchange.Ticket;
import java.util.Set;

/// The way in for requests.
public interface RequestGate {
    /// The methods a path answers to, in upper case; empty where nothing lives at that path (404). Asked before the
    /// body is read.
    Set<String> methods(String path);

    /// Takes a request whose body is complete and decides: the answer comes through the responder, perhaps before
    /// this method returns, perhaps much later. Never blocks.
    Ticket arrive(InboundRequest request, Responder responder);

    /// Carries a request to the model server, once its [Responder#proceed()] was called. Called once, on the
    /// request's own thread, which it may keep until the answer is relayed.
    void proceed(Ticket ticket);

    /// The client has hung up. Ends the request wherever it is: queued, waiting for the model server, mid-stream.
    /// May be called again, and after the request's end; then nothing happens.
    void cancel(Ticket ticket);
}
