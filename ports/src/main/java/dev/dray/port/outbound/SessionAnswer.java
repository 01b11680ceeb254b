package dev.dray.port.outbound;

import dev.dray.port.outbound.PlatformRequest.SessionUse;

/// What became of a request about a session; [PlatformRoutes#answer] puts it into the platform's words. Refusals to
/// open one (not ready, draining, too many, a forbidden callback) are [Refusal]s.
public sealed interface SessionAnswer {
    /// A session was opened.
    record Opened(SessionView session) implements SessionAnswer {}

    /// Here is what it looks like.
    record Described(SessionView session) implements SessionAnswer {}

    /// It is there.
    record Alive(String id) implements SessionAnswer {}

    /// It was ended, and its callback came back.
    record Ended(String id) implements SessionAnswer {}

    /// There is no session of this id.
    record Unknown(SessionUse use, String id) implements SessionAnswer {}

    /// The secret is not the session's.
    record WrongSecret(String id) implements SessionAnswer {}

    /// It was there a moment ago: another caller, or its expiry, ended it first.
    record AlreadyClosed(String id) implements SessionAnswer {}
}
