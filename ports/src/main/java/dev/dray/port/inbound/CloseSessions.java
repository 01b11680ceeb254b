package dev.dray.port.inbound;

import java.util.List;

/// Ends sessions on behalf of somebody in the house, who needs no secret. Thread-safe.
public interface CloseSessions {
    /// Closes every open session, as its owner would: requests inside are cancelled, callbacks are sent.
    /// Returns once they are removed; callbacks may still be on their way.
    ///
    /// @return ids of those that were closed, in the order opened
    List<String> closeSessions();
}
