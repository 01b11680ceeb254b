package dev.dray.adapter.telemetry;

import dev.dray.port.exchange.Abort;
import dev.dray.port.exchange.Exchange;
import dev.dray.port.exchange.ModelFailure;
import dev.dray.port.exchange.ResponseHead;
import dev.dray.port.exchange.ResponseSink;
import org.jspecify.annotations.Nullable;

/// One answer on its way. Used by the thread that carries the request, or by one in its place while it waits.
final class MeasuredAnswer implements ResponseSink, Exchange {
    private final AnswerMeters meters;
    private final Passage passage;
    private final ResponseSink sink;
    private final Exchange exchange;
    private @Nullable TokenReader reader;
    private long events;
    private boolean streams;
    private long headNanos;
    // What the worker took to pass on the head, until the first piece of the body has gone too.
    private long headShare;
    private boolean relayed;

    MeasuredAnswer(AnswerMeters meters, Passage passage, ResponseSink sink, Exchange exchange) {
        this.meters = meters;
        this.passage = passage;
        this.sink = sink;
        this.exchange = exchange;
    }

    @Override
    public void begun(Abort abort) {
        exchange.begun(abort);
    }

    @Override
    public void head(int status) {
        headNanos = meters.now();
        exchange.head(status);
    }

    @Override
    public void head(ResponseHead head) {
        TokenReader mine = TokenReader.of(head);
        reader = mine;
        passage.begin(mine);
        streams = TokenReader.isStream(head);
        if (streams) {
            meters.streamBegan();
        }
        sink.head(head);
        headShare = meters.now() - headNanos;
    }

    @Override
    public void chunk(byte[] array, int offset, int length) {
        long now = meters.now();
        sink.chunk(array, offset, length);
        if (!relayed) {
            relayed = true;
            meters.relayed(headShare + meters.now() - now);
        }
        read(array, offset, length, now);
    }

    @Override
    public boolean takesOffers() {
        return sink.takesOffers();
    }

    @Override
    public boolean offer(byte[] array, int offset, int length) {
        long now = meters.now();
        boolean taken = sink.offer(array, offset, length);
        if (!relayed) {
            relayed = true;
            meters.relayed(headShare + meters.now() - now);
        }
        read(array, offset, length, now);
        return taken;
    }

    @Override
    public void settle() {
        sink.settle();
    }

    private void read(byte[] array, int offset, int length, long now) {
        TokenReader mine = reader;
        if (mine != null) {
            mine.read(array, offset, length);
            if (mine.events() != events) {
                tokens(mine, now);
            }
        }
    }

    private void tokens(TokenReader mine, long now) {
        if (events > 0) {
            meters.betweenTokens(now - passage.lastTokenNanos());
        }
        events = mine.events();
        passage.token(now);
    }

    @Override
    public void end() {
        sink.end();
    }

    @Override
    public void breakOff() {
        sink.breakOff();
    }

    @Override
    public void ended() {
        close("");
        exchange.ended();
    }

    @Override
    public void failed(ModelFailure failure) {
        close(failure.kind().name());
        exchange.failed(failure);
    }

    // Before the worker hears of it: that is where the request ends.
    private void close(String failure) {
        if (streams) {
            streams = false;
            meters.streamEnded();
        }
        passage.trace().ifPresent(trace -> trace.answered(meters.now(), failure));
    }
}
