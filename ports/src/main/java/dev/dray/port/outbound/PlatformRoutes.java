package dev.dray.port.outbound;

import dev.dray.port.exchange.InboundRequest;
import dev.dray.port.exchange.Reply;
import java.util.Optional;
import java.util.Set;

/// The paths a platform brings to the worker's listeners, beside the backend's routes: sessions, and what it wants of
/// the worker itself.
///
/// Implementations are thread-safe, and called outside the worker's lock. They may compute but not wait.
public interface PlatformRoutes {
    /// No paths, no sessions.
    PlatformRoutes NONE = new PlatformRoutes() {
        @Override
        public Set<String> paths(Entrance entrance) {
            return Set.of();
        }

        @Override
        public PlatformRequest read(InboundRequest request) {
            throw new IllegalStateException("there are no paths, so none can be asked: " + request.path());
        }

        @Override
        public Reply answer(SessionAnswer answer) {
            throw new IllegalStateException("there are no sessions, so nothing became of one: " + answer);
        }

        @Override
        public Optional<CallbackSender.Callback> callback(SessionView session) {
            throw new IllegalStateException("there are no sessions, so none closes: " + session.id());
        }
    };

    /// Paths on a listener. All of them answer `POST` and nothing else.
    Set<String> paths(Entrance entrance);

    /// Reads a request to one of [#paths(Entrance)], on its own thread, and does what the worker has no say in.
    PlatformRequest read(InboundRequest request);

    /// Puts what became of a session into the platform's words.
    Reply answer(SessionAnswer answer);

    /// What is to be posted when a session closes; empty for nothing.
    Optional<CallbackSender.Callback> callback(SessionView session);
}
