package dev.dray.domain.benchmark;

import dev.dray.port.exchange.ResponseHead;

/// Reads one answer of a model server as it passes, and knows how much text it has brought. Called by the thread that
/// carries the answer.
public interface TokenCounter {
    /// Reads the next bytes of the body.
    void read(byte[] array, int offset, int length);

    /// Pieces of text that have come in a stream so far; 0 where the answer is no stream.
    long pieces();

    /// Tokens of the answer so far; negative where they are not known.
    long tokens();

    /// Makes a counter for each answer.
    @FunctionalInterface
    interface Source {
        /// A counter for the answer that begins with this head.
        TokenCounter of(ResponseHead head);
    }
}
