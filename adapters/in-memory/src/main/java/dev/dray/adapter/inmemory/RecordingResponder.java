package dev.dray.adapter.inmemory;

import dev.dray.model.Bytes;
import dev.dray.port.exchange.ClientGoneException;
import dev.dray.port.exchange.Reply;
import dev.dray.port.exchange.Responder;
import dev.dray.port.exchange.ResponseHead;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A client that writes down its answer, and insists on the order the port promises.
///
/// A call out of order is an [IllegalStateException], and [#fault()] keeps it in case somebody swallows
/// it. `lock` guards the fields; the proceed hook runs outside it.
public final class RecordingResponder implements Responder {
    private final ReentrantLock lock = new ReentrantLock();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final Runnable onProceed;
    private boolean proceeded;
    private boolean over;
    private boolean brokenOff;
    private boolean gone;
    private boolean forsaken;
    private int chunks;
    private @Nullable Reply reply;
    private @Nullable ResponseHead head;
    private @Nullable String fault;

    /// Only notes that its turn has come.
    public RecordingResponder() {
        this(() -> {});
    }

    /// Runs something when its turn has come, on the thread that says so.
    public RecordingResponder(Runnable onProceed) {
        this.onProceed = onProceed;
    }

    @Override
    public void proceed() {
        change(() -> {
            check(!proceeded, "proceed twice");
            check(reply == null, "proceed after reply");
            proceeded = true;
        });
        onProceed.run();
    }

    @Override
    public void reply(Reply newReply) {
        change(() -> {
            check(reply == null, "reply twice");
            check(head == null, "reply after head");
            reply = newReply;
            over = true;
        });
    }

    @Override
    public void forsake(Reply newReply) {
        change(() -> {
            if (!forsaken) {
                check(reply == null, "forsake after reply");
                check(head == null, "forsake after head");
                forsaken = true;
                reply = newReply;
                over = true;
            }
        });
    }

    @Override
    public void head(ResponseHead newHead) {
        change(() -> {
            check(proceeded, "head before proceed");
            check(head == null && reply == null, "second head, or head after reply");
            checkThere();
            head = newHead;
        });
    }

    @Override
    public void chunk(byte[] array, int offset, int length) {
        change(() -> {
            check(head != null && !over, "chunk before head or after the end");
            checkThere();
            body.write(array, offset, length);
            chunks++;
        });
    }

    @Override
    public void end() {
        change(() -> {
            check(head != null && !over, "end before head or after the end");
            checkThere();
            over = true;
        });
    }

    @Override
    public void breakOff() {
        change(() -> {
            over = true;
            brokenOff = true;
        });
    }

    /// From now on nobody is there to read: relaying throws, a reply is ignored.
    public void hangUp() {
        change(() -> gone = true);
    }

    /// Whether its turn has come.
    public boolean proceeded() {
        return ask(() -> proceeded);
    }

    /// Whether it was answered without its own thread.
    public boolean forsaken() {
        return ask(() -> forsaken);
    }

    /// The worker's own answer; empty if there is none, or nobody was there to read it.
    public Optional<Reply> reply() {
        return ask(() -> gone ? Optional.empty() : Optional.ofNullable(reply));
    }

    /// The relayed head; empty while there is none.
    public Optional<ResponseHead> head() {
        return ask(() -> Optional.ofNullable(head));
    }

    /// The status the client sees: of the reply or of the relayed answer; 0 while there is none.
    public int status() {
        return ask(() -> reply != null ? reply.status() : head != null ? head.status() : 0);
    }

    /// The relayed body so far.
    public Bytes body() {
        return ask(() -> Bytes.of(body.toByteArray()));
    }

    /// Number of chunks relayed so far.
    public int chunks() {
        return ask(() -> chunks);
    }

    /// Whether the client has a complete answer or saw it break off.
    public boolean over() {
        return ask(() -> over);
    }

    /// Whether the answer was broken off.
    public boolean brokenOff() {
        return ask(() -> brokenOff);
    }

    /// The first call out of order; empty if there was none.
    public Optional<String> fault() {
        return ask(() -> Optional.ofNullable(fault));
    }

    private void checkThere() {
        if (gone) {
            throw new ClientGoneException("the recorded client has hung up", null);
        }
    }

    private void check(boolean expected, String unexpected) {
        if (!expected) {
            fault = fault == null ? unexpected : fault;
            throw new IllegalStateException(unexpected + "; see the order Responder promises");
        }
    }

    private void change(Runnable action) {
        ask(() -> {
            action.run();
            return true;
        });
    }

    private <T> T ask(Supplier<T> question) {
        lock.lock();
        try {
            return question.get();
        } finally {
            lock.unlock();
        }
    }
}
