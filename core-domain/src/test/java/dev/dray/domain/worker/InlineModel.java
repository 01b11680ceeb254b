package dev.dray.domain.worker;

import dev.dray.port.exchange.Abort;
import dev.dray.port.exchange.Exchange;
import dev.dray.port.exchange.ModelFailure;
import dev.dray.port.outbound.ModelCall;
import dev.dray.port.outbound.ModelServer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Answers on the calling thread, unless it was aborted before.
final class InlineModel implements ModelServer {
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    /// Most requests that were here at once.
    int most() {
        return most.get();
    }

    @Override
    public void start(ModelCall call, Exchange exchange) {
        var aborted = new AtomicBoolean();
        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
        Abort abort = () -> aborted.set(true);
        exchange.begun(abort);
        // Lets the other virtual threads in.
        LockSupport.parkNanos(1);
        inside.decrementAndGet();
        if (aborted.get()) {
            exchange.failed(new ModelFailure(ModelFailure.Kind.ABORTED, "aborted"));
        } else {
            exchange.head(200);
            exchange.ended();
        }
    }

    @Override
    public void launch(ModelCall call, Exchange exchange) {
        throw new AssertionError("only the benchmark launches");
    }
}
