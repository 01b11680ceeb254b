package dev.dray.adapter.httpserver;

import dev.dray.port.exchange.ClientGoneException;
import dev.dray.port.exchange.InboundRequest;
import dev.dray.port.exchange.Reply;
import dev.dray.port.exchange.Responder;
import dev.dray.port.exchange.ResponseHead;
import dev.dray.port.exchange.Ticket;
import dev.dray.port.inbound.RequestGate;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One request from its head to the last byte of its answer.
///
/// Its own thread carries it: it asks the gate, parks until the worker has decided, and writes. Other
/// threads only leave a word and unpark it: the worker's decision, or that the client hung up. Whether
/// the client counts as gone or the answer as over is decided by one swap of `stage`, so the gate hears
/// of a hang-up at most once and never after the answer's last byte was on its way.
final class ClientExchange implements Responder {
    private final RequestGate gate;
    private final Answer answer;
    private final ClientWait wait;
    private final int stream;
    private final Thread owner = Thread.currentThread();
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.OPEN);
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private volatile @Nullable Ticket ticket;
    private volatile @Nullable Reply reply;
    private volatile boolean proceeding;
    private volatile boolean cancelTold;
    private volatile boolean forsaken;

    /// @param stream number of the HTTP/2 stream; any for HTTP/1.1
    ClientExchange(RequestGate gate, Answer answer, ClientWait wait, int stream) {
        this.gate = gate;
        this.answer = answer;
        this.wait = wait;
        this.stream = stream;
    }

    private enum Stage {
        OPEN,
        GONE,
        /// Another thread writes the answer, for the own one did not come back in time.
        FORSAKEN,
        OVER
    }

    int stream() {
        return stream;
    }

    ClientWait waiting() {
        return wait;
    }

    /// Takes the request through the gate and writes the answer. Own thread.
    void carry(InboundRequest request) {
        Ticket given = gate.arrive(request, this);
        ticket = given;
        if (stage.get() == Stage.GONE) {
            cancel(given);
        }
        awaitDecision();
        if (proceeding) {
            gate.proceed(given);
        }
        conclude();
    }

    private void awaitDecision() {
        while (!proceeding && reply == null && !cancelTold && !forsaken) {
            LockSupport.park(this);
            if (Thread.interrupted()) {
                hangUp();
            }
        }
    }

    private void conclude() {
        while (stage.get() == Stage.FORSAKEN) {
            LockSupport.park(this);
            if (Thread.interrupted()) {
                wait.giveUp();
            }
        }
        Reply own = reply;
        if (!answer.started()) {
            send(own == null ? ErrorReply.unanswered() : own);
        }
        if (!answer.complete()) {
            answer.breakOff();
        }
    }

    /// Answers without asking the gate. Own thread.
    ///
    /// @param bodyRead whether the request's body was read to its end; if not, this connection is of no
    ///     more use
    void refuse(Reply refusal, boolean bodyRead) {
        if (!bodyRead) {
            answer.lastOnConnection();
        }
        send(refusal);
    }

    /// Answers a request on which the worker failed. Own thread.
    void fail() {
        if (!answer.started()) {
            send(ErrorReply.fault());
        }
        if (!answer.complete()) {
            answer.breakOff();
        }
    }

    /// Leaves connection or stream as it has to be after this request. Own thread.
    void finish(RequestBody body) {
        answer.finish(body);
    }

    /// Writes a whole answer now; a client that has gone is ignored.
    private void send(Reply whole) {
        if (!stage.compareAndSet(Stage.OPEN, Stage.OVER)) {
            return;
        }
        try {
            answer.reply(whole);
        } catch (ClientGoneException e) {
            answer.breakOff();
        }
    }

    /// The client has hung up. Any thread.
    void hangUp() {
        if (!stage.compareAndSet(Stage.OPEN, Stage.GONE)) {
            return;
        }
        answer.breakOff();
        wait.giveUp();
        Ticket given = ticket;
        if (given != null) {
            cancel(given);
        }
    }

    private void cancel(Ticket given) {
        if (cancelled.compareAndSet(false, true)) {
            gate.cancel(given);
            cancelTold = true;
            LockSupport.unpark(owner);
        }
    }

    /// Ends the request although its client is still there. Any thread.
    void cutOff() {
        hangUp();
        owner.interrupt();
    }

    void look(long nowNanos) {
        wait.check(nowNanos);
    }

    @Override
    public void proceed() {
        proceeding = true;
        wakeOwner();
    }

    @Override
    public void reply(Reply own) {
        reply = own;
        wakeOwner();
    }

    @Override
    public void forsake(Reply last) {
        if (stage.compareAndSet(Stage.OPEN, Stage.FORSAKEN)) {
            forsaken = true;
            Thread.ofVirtual().name("dray-forsaken").start(() -> answerForsaken(last));
        } else if (stage.get() == Stage.GONE) {
            answer.letGo();
        }
        wakeOwner();
    }

    // The own thread does not touch the answer from here on, unless it sees that this one is done.
    private void answerForsaken(Reply last) {
        try {
            answer.lastOnConnection();
            answer.reply(last);
            answer.part();
        } catch (ClientGoneException e) {
            answer.breakOff();
            answer.letGo();
        } finally {
            stage.set(Stage.OVER);
            LockSupport.unpark(owner);
        }
    }

    private void wakeOwner() {
        if (Thread.currentThread() != owner) {
            LockSupport.unpark(owner);
        }
    }

    @Override
    public void head(ResponseHead head) {
        relay(() -> answer.head(head));
    }

    @Override
    public void chunk(byte[] array, int offset, int length) {
        if (length == 0) {
            return;
        }
        if (answer.completedBy(length)) {
            // A client may close as soon as it has what was promised, before it hears of the end.
            over();
        }
        relay(() -> answer.chunk(array, offset, length));
    }

    @Override
    public boolean takesOffers() {
        return answer.takesOffers();
    }

    @Override
    public boolean offer(byte[] array, int offset, int length) {
        if (stage.get() == Stage.GONE) {
            throw new ClientGoneException("the client hung up", null);
        }
        try {
            return answer.offer(array, offset, length);
        } catch (ClientGoneException e) {
            hangUp();
            throw e;
        }
    }

    @Override
    public void settle() {
        relay(answer::settle);
    }

    @Override
    public void end() {
        over();
        relay(answer::end);
    }

    private void over() {
        stage.compareAndSet(Stage.OPEN, Stage.OVER);
    }

    private void relay(Runnable write) {
        if (stage.get() == Stage.GONE) {
            throw new ClientGoneException("the client hung up", null);
        }
        try {
            write.run();
        } catch (ClientGoneException e) {
            hangUp();
            throw e;
        }
    }

    @Override
    public void breakOff() {
        over();
        answer.breakOff();
    }
}
