package dev.dray.port.exchange;

/// The client's side of one request; implemented by the HTTP server.
///
/// The worker decides once: either [#reply(Reply)] with an answer of its own, or [#proceed()], after
/// which the request's own thread comes back through `RequestGate.proceed` and the model server's answer
/// is written by the [ResponseSink] methods. If the model server fails before its head was relayed,
/// [#reply(Reply)] is still allowed on that thread.
public interface Responder extends ResponseSink {
    /// The request's turn has come. Any thread; returns at once; at most once.
    void proceed();

    /// Answers with a complete answer of the worker's own. Any thread; returns at once; at most once,
    /// and not after
    /// [#head(ResponseHead)]. A client that has gone is ignored.
    void reply(Reply reply);

    /// Answers although the request's own thread is inside the worker and may never come back: nothing
    /// was decided, or its turn has come and no head was relayed. Written by another thread; whatever
    /// the own thread does later is ignored, and over HTTP/1 the connection ends. Any thread; returns at
    /// once; may be called again, then nothing happens. A client that has gone is ignored.
    void forsake(Reply reply);
}
