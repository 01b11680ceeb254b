package dev.dray.port.outbound;

import dev.dray.port.exchange.InboundRequest;
import dev.dray.port.exchange.Reply;

/// The platform's manners: how a request is wrapped and signed, and in what words it is refused.
///
/// Implementations are thread-safe. [#open(InboundRequest)] and [#verify(Envelope)] are called on the request's own
/// thread, outside the worker's lock, and may compute but not wait.
public interface PlatformProtocol {
    /// Reads the envelope around the payload.
    Opened open(InboundRequest request);

    /// Checks the envelope's signature.
    Verdict verify(Envelope envelope);

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
