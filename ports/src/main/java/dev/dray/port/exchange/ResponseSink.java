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

    /// Whether, now that the head has been passed on, the body may also be passed on by [#offer] and [#settle].
    default boolean takesOffers() {
        return false;
    }

    /// Passes on part of the body as [#chunk(byte[], int, int)] does, but never waits: what the reader does
    /// not take at once is kept, and then [#settle()] comes before anything else. So one thread can serve many
    /// answers. It need not be the one that carries the request, as long as that one waits meanwhile.
    ///
    /// @return whether the reader has taken all
    /// @throws ClientGoneException if nobody is there to read it
    default boolean offer(byte[] array, int offset, int length) {
        throw new UnsupportedOperationException("this answer takes no offers");
    }

    /// Waits until the reader has taken what was kept of the last offer.
    ///
    /// @throws ClientGoneException if nobody is there to read it
    default void settle() {
        throw new UnsupportedOperationException("this answer takes no offers");
    }

    /// Ends the answer properly.
    ///
    /// @throws ClientGoneException if nobody is there to read it
    void end();

    /// Breaks the answer so that the reader sees it is incomplete: the connection is reset without a final chunk.
    /// Never throws.
    void breakOff();
}
