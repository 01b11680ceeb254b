package dev.dray.spi;

import dev.dray.model.Bytes;
import dev.dray.model.RequestPayload;

/// A route that is answered inside the worker: no model server is asked. Queue, price, signature and
/// outcome are as for any other route; the client gets `200` with `{"result": <what the call
/// returned>}`.
///
/// @since 1.0
public interface LocalRoute extends Route {
    /// Computes the answer. Called on the request's own thread, which it may keep as long as it takes;
    /// interrupted when the client hangs up, the session closes or the worker gives up.
    ///
    /// @param payload what passed [#check(RequestPayload)]; or what [#request(RequestPayload)] made of
    ///     it
    /// @return JSON in UTF-8, never null
    /// @throws Exception is answered 500 and names the plugin
    Bytes call(RequestPayload payload) throws Exception;
}
