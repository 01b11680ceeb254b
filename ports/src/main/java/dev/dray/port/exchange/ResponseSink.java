package dev.dray.port.exchange;

/// Where an answer goes, piece by piece: [#head(ResponseHead)], then chunks, then [#end()] or [#breakOff()].
///
/// Called by one thread at a time: the one that carries the request.
public interface ResponseSink {
    /// Starts the answer.
    ///
    /// @throws ClientGoneException if nobody is there to read it
    void head(ResponseHead head);

    /// Passes on part of the body and flushes it at once; blocks while the reader is slow. The array may be used
    /// again afterwards.
    ///
    /// @throws ClientGoneException if nobody is there to read it
    void chunk(byte[] array, int offset, int length);

    /// Ends the answer properly.
    ///
    /// @throws ClientGoneException if nobody is there to read it
    void end();

    /// Breaks the answer so that the reader sees it is incomplete: the connection is reset without a final chunk.
    /// Never throws.
    void breakOff();
}
