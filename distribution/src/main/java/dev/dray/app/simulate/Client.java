package dev.dray.app.simulate;

import dev.dray.model.Bytes;
import dev.dray.model.HeaderField;
import dev.dray.port.exchange.ClientGoneException;
import dev.dray.port.exchange.InboundRequest;
import dev.dray.port.exchange.Reply;
import dev.dray.port.exchange.Responder;
import dev.dray.port.exchange.ResponseHead;
import dev.dray.port.exchange.Ticket;
import dev.dray.port.inbound.RequestGate;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One client and its connection: sends a request, waits or hangs up, and holds the worker to what it promises a
/// [Responder].
final class Client implements Responder {
    private static final String ACTOR = "client";
    private static final List<HeaderField> NO_HEADERS = List.of();
    private static final int SLOW_ONE_IN = 400;

    private final long number;
    private final Life life;
    private final Promises promises;
    private final RequestGate gate;
    private final Consumer<Reply> whenReplied;
    private String requestIdx;
    private @Nullable Ticket ticket;
    private boolean turnTold;
    private boolean carried;
    private boolean replied;
    private boolean forsaken;
    private boolean headed;
    private boolean complete;
    private boolean brokenOff;
    private boolean gone;
    /// Where it stands in the books of the [Promises].
    final Standing standing = new Standing();

    /// @param number      of this client in the history, 1 or more; the platform knows its request by it
    /// @param whenReplied hears an answer of the worker's own
    Client(long number, Life life, Promises promises, RequestGate gate, Consumer<Reply> whenReplied) {
        this.number = number;
        this.requestIdx = Long.toString(number);
        this.life = life;
        this.promises = promises;
        this.gate = gate;
        this.whenReplied = whenReplied;
    }

    long number() {
        return number;
    }

    /// What the platform calls its request, as JSON text.
    String requestIdx() {
        return requestIdx;
    }

    void requestIdx(String asSent) {
        requestIdx = asSent;
    }

    /// The worker's number of its request; 0 before it is known.
    long requestNumber() {
        return ticket == null ? 0 : ticket.id().number();
    }

    /// Sends its request.
    void send(String method, String path, String body) {
        promises.arriving(this);
        var request = new InboundRequest(
                method,
                path,
                NO_HEADERS,
                Bytes.utf8(body),
                life.queue().ticker().nanos(),
                "");
        Ticket given = gate.arrive(request, this);
        ticket = given;
        promises.arrived(this);
    }

    /// Hangs up. The worker hears of it a little later, or when it next writes.
    void hangUp(long noticedAfter) {
        if (gone || life.isOver()) {
            return;
        }
        gone = true;
        life.fault(place(), ACTOR, number);
        if (noticedAfter == 0) {
            cancel();
        } else {
            life.later(noticedAfter, this::cancel);
        }
    }

    private void cancel() {
        if (ticket != null) {
            // While another thread is on its way through the worker, its end may be decided and not yet told.
            standing.cancelled = life.isOutermost();
            gate.cancel(ticket);
        }
    }

    private Fault place() {
        if (isAnswered()) {
            return Fault.CLIENT_HUNG_UP_LATE;
        }
        if (headed) {
            return Fault.CLIENT_HUNG_UP_MID_STREAM;
        }
        if (carried) {
            return Fault.CLIENT_HUNG_UP_IN_PREFILL;
        }
        if (turnTold) {
            return Fault.CLIENT_HUNG_UP_BEFORE_PROCEED;
        }
        return standing.isQueued() ? Fault.CLIENT_HUNG_UP_QUEUED : Fault.CLIENT_HUNG_UP_EARLY;
    }

    /// Whether its answer has come to an end, one way or the other.
    boolean isAnswered() {
        return replied || forsaken || complete || brokenOff;
    }

    boolean isGone() {
        return gone;
    }

    @Override
    public void proceed() {
        life.preempt();
        require(!turnTold, "its turn is told twice");
        turnTold = true;
        promises.turn(this);
        long delay = life.chance().micros(0, 50);
        if (life.chance().oneIn(SLOW_ONE_IN)) {
            life.count(Fault.THREAD_SLOW);
            delay = life.chance().millis(1, 2_000);
        }
        life.later(delay, this::carry);
    }

    private void carry() {
        carried = true;
        if (ticket == null) {
            throw new IllegalStateException("the turn of client " + number + " came before its ticket");
        }
        gate.proceed(ticket);
    }

    @Override
    public void reply(Reply reply) {
        life.preempt();
        if (forsaken) {
            return;
        }
        require(!isAnswered(), "it is answered again, with " + reply.status());
        require(!headed, "it is answered with " + reply.status() + " after the head of the model server's answer");
        replied = true;
        promises.told(this, reply.status());
        whenReplied.accept(reply);
    }

    @Override
    public void forsake(Reply reply) {
        life.preempt();
        if (!isAnswered()) {
            require(!headed, "it is forsaken after the head of the model server's answer");
            forsaken = true;
            promises.told(this, reply.status());
        }
    }

    @Override
    public void head(ResponseHead head) {
        check();
        require(!headed && !isAnswered(), "the head of an answer comes after an answer");
        headed = true;
        promises.told(this, head.status());
    }

    @Override
    public void chunk(byte[] array, int offset, int length) {
        check();
        require(headed && !isAnswered(), "part of an answer comes before its head or after its end");
    }

    @Override
    public void end() {
        check();
        require(headed && !isAnswered(), "an answer ends before its head or after its end");
        complete = true;
    }

    @Override
    public void breakOff() {
        life.preempt();
        if (!forsaken) {
            require(!complete, "an answer is broken off after its end");
            brokenOff = true;
        }
    }

    private void check() {
        life.preempt();
        if (gone) {
            throw new ClientGoneException("the client hung up", null);
        }
    }

    private void require(boolean holds, String otherwise) {
        if (!holds && !forsaken) {
            promises.broken(Promises.ANSWER_ONCE, "client " + number + ": " + otherwise);
        }
    }

    /// What the [Promises] have written down of one request.
    static final class Standing {
        private static final int ARRIVED = 0;
        private static final int QUEUED = 1;
        private static final int RUNNING = 2;
        private static final int ENDED = 3;

        /// The route's place among all routes; -1 where it goes to none of them.
        int route = -1;
        int stage = ARRIVED;
        boolean admitted;
        boolean owed;
        boolean started;
        /// Whether the worker was told that its client has gone, while nobody else was at it.
        boolean cancelled;
        double units;
        /// Among those who were queued at its queue, in order of arrival.
        long place;
        long latest = Long.MAX_VALUE;
        int status;
        String reqnum = "";

        boolean isQueued() {
            return stage == QUEUED;
        }

        boolean isEnded() {
            return stage == ENDED;
        }

        void queued() {
            stage = QUEUED;
        }

        void running() {
            stage = RUNNING;
        }

        void ended() {
            stage = ENDED;
        }
    }
}
