package dev.dray.domain.benchmark;

import dev.dray.port.exchange.ResponseHead;
import dev.dray.port.exchange.ResponseSink;
import dev.dray.port.outbound.Ticker;
import java.util.OptionalLong;

/// Reads an answer to its end and keeps nothing of it but the time of its first byte: what counts is
/// that the model server did the whole work, and when it began to show.
///
/// The first byte of the body, not the head: servers that stream send the head before they have computed
/// anything. Written and read by the threads that carry one answer, one after the other.
final class FirstByteSink implements ResponseSink {
    private final Ticker ticker;
    private OptionalLong firstByteNanos = OptionalLong.empty();

    FirstByteSink(Ticker ticker) {
        this.ticker = ticker;
    }

    /// When it came; empty while the body has none.
    OptionalLong firstByteNanos() {
        return firstByteNanos;
    }

    @Override
    public void head(ResponseHead head) {}

    @Override
    public void chunk(byte[] array, int offset, int length) {
        if (firstByteNanos.isEmpty() && length > 0) {
            firstByteNanos = OptionalLong.of(ticker.nanos());
        }
    }

    @Override
    public void end() {}

    @Override
    public void breakOff() {}
}
