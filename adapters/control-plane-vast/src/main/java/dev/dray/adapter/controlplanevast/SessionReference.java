package dev.dray.adapter.controlplanevast;

import dev.dray.model.Bytes;
import dev.dray.model.PlatformReference;
import java.util.Optional;

/// The platform's name for a session, and what is told of it again later: JSON texts as the client sent them.
///
/// @param request      name and signature of the request that opens it
/// @param authData     `auth_data`
/// @param lifetime     `lifetime`, or its default
/// @param closeRoute   `on_close_route`, or `null`
/// @param closePayload `on_close_payload`, or `null`; also `null` without a route
record SessionReference(VastReference request, Bytes authData, Bytes lifetime, Bytes closeRoute, Bytes closePayload)
        implements PlatformReference {

    /// The request behind a reference of this platform's; empty for another's.
    static Optional<VastReference> request(PlatformReference reference) {
        return switch (reference) {
            case VastReference request -> Optional.of(request);
            case SessionReference session -> Optional.of(session.request);
            default -> Optional.empty();
        };
    }

    /// The same in arrays of its own: a session outlives its request by far, and must not keep the body.
    SessionReference detached() {
        return new SessionReference(
                request.detached(), copy(authData), copy(lifetime), copy(closeRoute), copy(closePayload));
    }

    private static Bytes copy(Bytes part) {
        return Bytes.of(part.toByteArray());
    }

    /// Nothing of `auth_data`: it is the session's secret.
    @Override
    public String toString() {
        return "SessionReference[" + request.requestIdxJson() + "]";
    }
}
