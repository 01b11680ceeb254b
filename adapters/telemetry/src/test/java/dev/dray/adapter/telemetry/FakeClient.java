package dev.dray.adapter.telemetry;

import dev.dray.port.exchange.Abort;
import dev.dray.port.exchange.Exchange;
import dev.dray.port.exchange.ModelFailure;
import dev.dray.port.exchange.ResponseHead;
import dev.dray.port.exchange.ResponseSink;

/// A client and a worker that take whatever comes.
class FakeClient implements ResponseSink, Exchange {
    @Override
    public void head(ResponseHead head) {}

    @Override
    public void chunk(byte[] array, int offset, int length) {}

    @Override
    public void end() {}

    @Override
    public void breakOff() {}

    @Override
    public void begun(Abort abort) {}

    @Override
    public void head(int status) {}

    @Override
    public void ended() {}

    @Override
    public void failed(ModelFailure failure) {}
}
