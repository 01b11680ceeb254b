package dev.dray.port.outbound;

import dev.dray.model.PlatformReference;
import dev.dray.port.exchange.InboundRequest;
import dev.dray.port.exchange.Reply;

/// The platform's manners: how a request is wrapped and signed, and in what words it is refused.
///
/// Implementations are thread-safe. All methods are called outside the worker's lock; those that take a
/// request or a
/// reference on the request's own thread. They may compute but not wait.
public interface PlatformProtocol {
    /// Reads the envelope around the payload.
    Opened open(InboundRequest request);

    /// Checks the signature of an envelope, or of the order for a session.
    Verdict verify(PlatformReference reference);

    /// Checks who asks for a path that takes no envelope. Only asked where there is no platform.
    /// Default: nobody may.
    default Verdict verifyOpen(InboundRequest request) {
        return Verdict.UNVERIFIED;
    }

    /// The platform's own paths. Default: it has none.
    default PlatformRoutes routes() {
        return PlatformRoutes.NONE;
    }

    /// Puts a refusal into the platform's words.
    Reply refusal(Refusal refusal);

    /// What [PlatformProtocol#open(InboundRequest)] found.
    sealed interface Opened {
        /// A well-formed envelope.
        record Complete(Envelope envelope) implements Opened {}

        /// Not an envelope; answered like this, with outcome [dev.dray.model.Outcome#INVALID].
        record Malformed(Reply reply) implements Opened {}
    }

    /// What [PlatformProtocol#verify(Envelope)] found.
    enum Verdict {
        VERIFIED,
        /// The signature is wrong.
        UNVERIFIED,
        /// There is no key to check it with yet.
        KEY_MISSING
    }
}
