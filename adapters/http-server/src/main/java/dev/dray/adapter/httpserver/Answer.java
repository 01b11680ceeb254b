package dev.dray.adapter.httpserver;

import dev.dray.model.HeaderField;
import dev.dray.port.exchange.Reply;
import dev.dray.port.exchange.ResponseHead;
import io.helidon.webserver.CloseConnectionException;

/// One answer on the wire, in the framing of its protocol.
///
/// The request's own thread writes; only [#breakOff()] may come from another, and everything where the
/// own thread has
/// been given up.
abstract sealed class Answer permits Http1Answer, Http2Answer {
    private static final long UNKNOWN = -1;

    private boolean started;
    private boolean complete;
    private long remaining = UNKNOWN;
    private volatile boolean broken;

    final boolean started() {
        return started;
    }

    /// Whether the last byte has been written, all that was promised.
    final boolean complete() {
        return complete;
    }

    /// Whether a chunk of that length is all that is missing of the promised `Content-Length`.
    final boolean completedBy(int length) {
        return remaining == length;
    }

    final void head(ResponseHead head) {
        started = true;
        remaining = HeaderField.first(head.headers(), "Content-Length")
                .map(Long::parseLong)
                .orElse(UNKNOWN);
        writeHead(head, remaining);
    }

    final void chunk(byte[] array, int offset, int length) {
        if (remaining != UNKNOWN) {
            if (length > remaining) {
                throw new IllegalStateException("answer is " + (length - remaining)
                        + " bytes longer than its Content-Length; it is broken off");
            }
            remaining -= length;
        }
        writeChunk(array, offset, length);
    }

    /// Ends the answer; one that is shorter than promised counts as broken.
    final void end() {
        if (remaining > 0 && carriesBody()) {
            breakOff();
            return;
        }
        writeEnd();
        complete = true;
    }

    final void reply(Reply reply) {
        started = true;
        writeReply(reply);
        complete = true;
    }

    /// The rest will not come: nothing may follow that looks like a proper end.
    final void breakOff() {
        broken = true;
    }

    final boolean broken() {
        return broken;
    }

    /// Writes the head, at once where nothing follows soon.
    ///
    /// @param length the promised length, or -1
    abstract void writeHead(ResponseHead head, long length);

    abstract void writeChunk(byte[] array, int offset, int length);

    abstract void writeEnd();

    /// Whether its body may be offered.
    boolean takesOffers() {
        return false;
    }

    /// See [dev.dray.port.exchange.ResponseSink#offer].
    boolean offer(byte[] array, int offset, int length) {
        throw new UnsupportedOperationException("this answer takes no offers");
    }

    /// See [dev.dray.port.exchange.ResponseSink#settle].
    void settle() {
        throw new UnsupportedOperationException("this answer takes no offers");
    }

    abstract void writeReply(Reply reply);

    /// Whether a body may follow the head: not after HEAD, 204 and 304.
    abstract boolean carriesBody();

    /// Nothing will follow on this connection, and the answer says so where the protocol can.
    abstract void lastOnConnection();

    /// The answer is whole, and the request's own thread may never come to finish it: what is its own on
    /// the connection ends in good order.
    abstract void part();

    /// The same where the client has gone before, or the answer is broken.
    abstract void letGo();

    /// The request is over.
    ///
    /// @throws CloseConnectionException if nothing more can be said on this connection or stream
    abstract void finish(RequestBody body);
}
