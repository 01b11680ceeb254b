package dev.dray.adapter.controlplanevast;

import dev.dray.model.JsonValue;
import dev.dray.model.Outcome;
import dev.dray.model.PlatformReference;
import dev.dray.port.outbound.WorkerEvent.RequestAdmitted;
import dev.dray.port.outbound.WorkerEvent.RequestRecord;
import dev.dray.port.outbound.WorkerEvent.SessionOpened;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.concurrent.locks.ReentrantLock;

/// Counts the requests that were admitted or rejected outside sessions since the start, each `reqnum` once: a client
/// sends the same one again, here or elsewhere, until it is served.
///
/// Only the latest [#MOST] numbers are remembered, as the reference worker's set of all of them grows for ever. The
/// bound means: a number that comes again after so many others counts twice. The count itself never falls. Any thread.
final class RequestsHeard {
    /// Far more than are on their way at once: the platform's retries come within minutes.
    static final int MOST = 100_000;

    // No number of the platform's is longer; what is kept must not depend on what a client writes, as it is unsigned.
    private static final int MAX_TEXT = 40;

    private final int most;
    private final ReentrantLock lock = new ReentrantLock();
    // By access: what comes again is new again.
    private final LinkedHashMap<String, Boolean> latest = new LinkedHashMap<>(16, 0.75f, true);
    private long count;

    RequestsHeard() {
        this(MOST);
    }

    RequestsHeard(int most) {
        this.most = most;
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
        SessionReference.request(reference).ifPresent(request -> add(text(request.reqnum())));
    }

    private void add(String reqnum) {
        lock.lock();
        try {
            if (latest.put(reqnum, true) != null) {
                return;
            }
            count++;
            if (latest.size() > most) {
                latest.pollFirstEntry();
            }
        } finally {
            lock.unlock();
        }
    }

    // The same for two that Python calls equal.
    private static String text(JsonValue reqnum) {
        byte[] canonical = CanonicalJson.of(reqnum);
        return canonical.length <= MAX_TEXT
                ? new String(canonical, StandardCharsets.US_ASCII)
                : HexFormat.of().formatHex(digest(canonical));
    }

    private static byte[] digest(byte[] text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256; use an unmodified JDK 25", e);
        }
    }
}
