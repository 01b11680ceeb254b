package dev.dray.adapter.controlplanevast;

import dev.dray.model.JsonValue;
import dev.dray.model.Outcome;
import dev.dray.model.PlatformReference;
import dev.dray.port.outbound.WorkerEvent.RequestAdmitted;
import dev.dray.port.outbound.WorkerEvent.RequestRecord;
import dev.dray.port.outbound.WorkerEvent.SessionOpened;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.concurrent.locks.ReentrantLock;

/// Counts the requests that were admitted or rejected outside sessions since the start, each `reqnum` once: a client
/// sends the same one again, here or elsewhere, until it is served.
///
/// Only the latest [#MOST] numbers are sure to be remembered, as the reference worker's set of all of them grows for
/// ever. The bound means: a number that comes again after so many others may count twice. The count itself never falls.
/// Any thread.
final class RequestsHeard {
    /// Far more than are on their way at once: the platform's retries come within minutes.
    static final int MOST = 100_000;

    private static final int LONG_DIGITS = 18;

    private final ReentrantLock lock = new ReentrantLock();
    private final NumbersSeen latest;
    private long count;

    RequestsHeard() {
        this(MOST);
    }

    RequestsHeard(int most) {
        this.latest = new NumbersSeen(most, new SecureRandom().nextLong());
    }

    void admitted(RequestAdmitted admitted) {
        admitted.reference().ifPresent(this::add);
    }

    /// Takes what was rejected; all else was admitted before, or is none of the two.
    void ended(RequestRecord request) {
        if (request.outcome() == Outcome.REJECTED) {
            request.reference().ifPresent(this::add);
        }
    }

    void opened(SessionOpened opened) {
        add(opened.session().order().reference());
    }

    /// Different numbers since the start.
    long count() {
        lock.lock();
        try {
            return count;
        } finally {
            lock.unlock();
        }
    }

    private void add(PlatformReference reference) {
        SessionReference.request(reference).ifPresent(request -> add(number(request.reqnum())));
    }

    private void add(long reqnum) {
        lock.lock();
        try {
            if (latest.add(reqnum)) {
                count++;
            }
        } finally {
            lock.unlock();
        }
    }

    // The same for two that Python calls equal, and for no others: those that are no integer of 64 bits, which the
    // platform never makes, by 64 bits of a digest.
    private static long number(JsonValue reqnum) {
        String canonical = CanonicalJson.text(reqnum);
        return canonical.length() <= LONG_DIGITS && CanonicalJson.isInteger(canonical)
                ? Long.parseLong(canonical)
                : digest(canonical);
    }

    private static long digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256; use an unmodified JDK 25", e);
        }
    }
}
