package dev.dray.port.testing;

import dev.dray.model.Bytes;
import dev.dray.port.exchange.Abort;
import dev.dray.port.exchange.ClientGoneException;
import dev.dray.port.exchange.Exchange;
import dev.dray.port.exchange.ModelFailure;
import dev.dray.port.exchange.ResponseHead;
import dev.dray.port.exchange.ResponseSink;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Worker and client of one call to a model server in one: writes down what both are told, and can be waited on.
///
/// Safe to share between threads; `lock` guards what was written down.
public final class RecordingExchange implements Exchange, ResponseSink {
    private static final long DEADLINE_SECONDS = 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final List<String> events = new ArrayList<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch headed = new CountDownLatch(1);
    private final CountDownLatch chunked = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);

    private final boolean abortAtOnce;
    private final int goneAfterChunks;
    private int chunks;
    private boolean behind;
    private @Nullable Abort abort;
    private @Nullable ResponseHead head;
    private @Nullable ModelFailure failure;

    private RecordingExchange(boolean abortAtOnce, int goneAfterChunks) {
        this.abortAtOnce = abortAtOnce;
        this.goneAfterChunks = goneAfterChunks;
    }

    /// A patient client.
    public static RecordingExchange patient() {
        return new RecordingExchange(false, Integer.MAX_VALUE);
    }

    /// A worker that aborts before a byte is written.
    public static RecordingExchange abortingAtOnce() {
        return new RecordingExchange(true, Integer.MAX_VALUE);
    }

    /// A client that hangs up after some chunks: the next one finds it gone.
    public static RecordingExchange goneAfter(int chunks) {
        return new RecordingExchange(false, chunks);
    }

    @Override
    public void begun(Abort newAbort) {
        note("begun");
        abort = newAbort;
        begun.countDown();
        if (abortAtOnce) {
            newAbort.abort();
        }
    }

    @Override
    public void head(int status) {
        note("head " + status);
    }

    @Override
    public void head(ResponseHead newHead) {
        note("relay head");
        head = newHead;
        headed.countDown();
    }

    @Override
    public void chunk(byte[] array, int offset, int length) {
        lock.lock();
        try {
            if (chunks == goneAfterChunks) {
                throw new ClientGoneException("gone, as the test wanted", null);
            }
            if (chunks == 0) {
                events.add("relay body");
            }
            chunks++;
            body.write(array, offset, length);
        } finally {
            lock.unlock();
        }
        chunked.countDown();
    }

    @Override
    public boolean takesOffers() {
        return true;
    }

    /// Falls behind at each second one.
    @Override
    public boolean offer(byte[] array, int offset, int length) {
        if (behind) {
            throw new IllegalStateException("an offer before the last one was settled");
        }
        chunk(array, offset, length);
        behind = chunks() % 2 == 0;
        return !behind;
    }

    @Override
    public void settle() {
        behind = false;
    }

    @Override
    public void end() {
        note("relay end");
    }

    @Override
    public void breakOff() {
        note("relay break-off");
    }

    @Override
    public void ended() {
        note("ended");
        over.countDown();
    }

    @Override
    public void failed(ModelFailure newFailure) {
        failure = newFailure;
        note("failed " + newFailure.kind());
        over.countDown();
    }

    private void note(String event) {
        lock.lock();
        try {
            events.add(event);
        } finally {
            lock.unlock();
        }
    }

    /// All that was told, in order; chunks in a row count as one `relay body`.
    public List<String> events() {
        lock.lock();
        try {
            return List.copyOf(events);
        } finally {
            lock.unlock();
        }
    }

    /// Number of chunks so far.
    public int chunks() {
        lock.lock();
        try {
            return chunks;
        } finally {
            lock.unlock();
        }
    }

    /// The body so far.
    public Bytes body() {
        lock.lock();
        try {
            return Bytes.of(body.toByteArray());
        } finally {
            lock.unlock();
        }
    }

    /// The relayed head; waits for it.
    public ResponseHead awaitHead() throws InterruptedException {
        await(headed, "a relayed head");
        return Objects.requireNonNull(head);
    }

    /// Waits for the first chunk of the body.
    public void awaitChunk() throws InterruptedException {
        await(chunked, "a relayed chunk");
    }

    /// The abort handle; waits for it.
    public Abort awaitBegun() throws InterruptedException {
        await(begun, "the beginning");
        return Objects.requireNonNull(abort);
    }

    /// Waits for the end, good or bad.
    public void awaitOver() throws InterruptedException {
        await(over, "the end");
    }

    /// The failure; waits for the end, which must be a bad one.
    public ModelFailure awaitFailure() throws InterruptedException {
        awaitOver();
        if (failure == null) {
            throw new AssertionError("call ended well, expected a failure; events: " + events());
        }
        return failure;
    }

    private void await(CountDownLatch latch, String what) throws InterruptedException {
        if (!latch.await(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("waited " + DEADLINE_SECONDS + " s for " + what + " in vain; events: " + events());
        }
    }
}
