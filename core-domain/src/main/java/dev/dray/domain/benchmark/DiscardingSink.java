package dev.dray.domain.benchmark;

import dev.dray.port.exchange.ResponseHead;
import dev.dray.port.exchange.ResponseSink;

/// Reads an answer to its end and keeps nothing of it: what counts is that the model server did the whole work.
final class DiscardingSink implements ResponseSink {
    static final ResponseSink INSTANCE = new DiscardingSink();

    private DiscardingSink() {}

    @Override
    public void head(ResponseHead head) {}

    @Override
    public void chunk(byte[] array, int offset, int length) {}

    @Override
    public void end() {}

    @Override
    public void breakOff() {}
}
