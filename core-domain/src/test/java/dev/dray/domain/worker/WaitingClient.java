package dev.dray.domain.worker;

import dev.dray.port.exchange.Reply;
import dev.dray.port.exchange.Responder;
import dev.dray.port.exchange.ResponseHead;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/// A client whose own thread waits for the decision.
final class WaitingClient implements Responder {
    final CompletableFuture<Boolean> decided = new CompletableFuture<>();
    final AtomicInteger replies = new AtomicInteger();
    volatile String text = "";

    @Override
    public void proceed() {
        decided.complete(true);
    }

    @Override
    public void reply(Reply reply) {
        replies.incrementAndGet();
        text = reply.body().utf8Text();
        decided.complete(false);
    }

    @Override
    public void forsake(Reply reply) {
        reply(reply);
    }

    @Override
    public void head(ResponseHead head) {}

    @Override
    public void chunk(byte[] array, int offset, int length) {}

    @Override
    public void end() {}

    @Override
    public void breakOff() {}
}
