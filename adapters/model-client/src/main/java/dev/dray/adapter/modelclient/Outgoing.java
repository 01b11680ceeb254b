package dev.dray.adapter.modelclient;

import dev.dray.model.HeaderField;
import dev.dray.port.outbound.ModelBody;
import java.util.List;

/// One request as it goes on the wire; a redirect makes another of it.
///
/// @param target        path and query
/// @param clientHeaders all fields of the client, still to be filtered
record Outgoing(String method, String target, ModelBody body, List<HeaderField> clientHeaders) {
    /// The same bytes for another target.
    Outgoing at(String newTarget) {
        return new Outgoing(method, newTarget, body, clientHeaders);
    }

    /// A plain look at another target, RFC 9110 §15.4.4.
    Outgoing getAt(String newTarget) {
        return new Outgoing(method.equals("HEAD") ? method : "GET", newTarget, ModelBody.NONE, clientHeaders);
    }
}
