package dev.dray.domain.worker;

import dev.dray.port.exchange.Reply;
import dev.dray.port.exchange.Responder;
import dev.dray.port.exchange.ResponseHead;

/// A client that only looks whether its answer ended. An answer of the worker's own would mean that something else is
/// measured than was meant.
final class CountingClient implements Responder {
    private int ended;

    /// How often the answer ended; 1 when all is well.
    int ended() {
        return ended;
    }

    @Override
    public void proceed() {
        // The caller goes on at once.
    }

    @Override
    public void reply(Reply reply) {
        throw new IllegalStateException("the worker answered " + reply.status());
    }

    @Override
    public void forsake(Reply reply) {
        throw new IllegalStateException("the worker gave up with " + reply.status());
    }

    @Override
    public void head(ResponseHead head) {
        // Only the end counts.
    }

    @Override
    public void chunk(byte[] array, int offset, int length) {
        // Only the end counts.
    }

    @Override
    public void end() {
        ended++;
    }

    @Override
    public void breakOff() {
        throw new IllegalStateException("the worker broke the answer off");
    }
}
