package dev.dray.port.outbound;

import dev.dray.model.Outcome;
import dev.dray.model.SessionSecret;
import dev.dray.port.exchange.Reply;
import java.util.Objects;

/// A request to one of the platform's own paths, as [PlatformRoutes#read] understands it.
public sealed interface PlatformRequest {
    /// Nothing the worker has a say in: the platform's adapter did what was asked, or refuses it.
    ///
    /// @param outcome [Outcome#SERVED], [Outcome#UNVERIFIED], [Outcome#INVALID] or [Outcome#ERRORED]; only a metric
    /// @param reason  for a person: why it was refused; empty where it was served
    record Answered(Reply reply, Outcome outcome, String reason) implements PlatformRequest {
        public Answered {
            Objects.requireNonNull(reply, "reply");
            Objects.requireNonNull(outcome, "outcome");
            Objects.requireNonNull(reason, "reason");
        }
    }

    /// Open a session. Its signature is still to be checked, with
    /// [PlatformProtocol#verify(dev.dray.model.PlatformReference)].
    record OpenSession(SessionOrder order) implements PlatformRequest {
        public OpenSession {
            Objects.requireNonNull(order, "order");
        }
    }

    /// Ask for a session, or end it.
    ///
    /// @param secret must be the session's own
    record UseSession(SessionUse use, String id, SessionSecret secret) implements PlatformRequest {
        public UseSession {
            Objects.requireNonNull(use, "use");
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(secret, "secret");
        }
    }

    /// What is to be done with a session.
    enum SessionUse {
        DESCRIBE,
        PROBE,
        END
    }
}
