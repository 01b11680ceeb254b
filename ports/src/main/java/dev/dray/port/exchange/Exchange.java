package dev.dray.port.exchange;

/// What the model server's adapter tells the worker about one request that was started.
///
/// Order: [#begun(Abort)], then at most one [#head(int)], then exactly one of [#ended()] and [#failed(ModelFailure)].
public interface Exchange {
    /// The request is on its way. First call, before any byte is written; the worker may abort at once.
    void begun(Abort abort);

    /// The head of the final answer arrived. Called before it is relayed.
    ///
    /// @param status HTTP status of the model server's answer
    void head(int status);

    /// The whole answer was relayed.
    void ended();

    /// The answer will not come, or broke. The worker answers the client or breaks the answer off; the adapter does
    /// neither.
    void failed(ModelFailure failure);
}
