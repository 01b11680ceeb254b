package dev.dray.adapter.logsources;

import dev.dray.port.inbound.ObserveModelLog;
import dev.dray.port.inbound.ObserveModelLog.LogLine;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Cuts bytes into numbered lines and tells them. Owned by one thread.
///
/// `\n`, `\r\n` and a lone `\r` end a line, white space before it goes, bytes that are not UTF-8 are dropped. A line
/// longer than [#MAX_LINE_BYTES] is told in pieces under one number, each beginning with the end of the one before,
/// so that a marker across the cut is still found.
final class LineSplitter {
    /// 1 MiB, counted in bytes of UTF-8.
    static final int MAX_LINE_BYTES = 1 << 20;

    /// How much of a piece is told again at the start of the next: longer than any marker.
    static final int OVERLAP_BYTES = 4 << 10;

    private static final int USUAL_LINE_BYTES = 8 << 10;

    private final ObserveModelLog observer;
    private byte[] pending = new byte[USUAL_LINE_BYTES];
    private int pendingLength;
    private long number = 1;
    private boolean skipLineFeed;
    // What was last told under the current number: the same text is not told twice.
    private @Nullable String told;

    LineSplitter(ObserveModelLog observer) {
        this.observer = observer;
    }

    /// Forgets the run before; lines count from 1 again.
    void startRun() {
        pendingLength = 0;
        number = 1;
        skipLineFeed = false;
        told = null;
    }

    /// Takes more bytes and tells every line they finish.
    void feed(byte[] in, int length, boolean backlog) {
        int lineStart = 0;
        for (int at = 0; at < length; at++) {
            byte b = in[at];
            if (b == '\n' && skipLineFeed) {
                skipLineFeed = false;
                lineStart = at + 1;
                continue;
            }
            skipLineFeed = b == '\r';
            if (b == '\n' || b == '\r') {
                finish(in, lineStart, at, backlog);
                lineStart = at + 1;
            }
        }
        keep(in, lineStart, length, backlog);
    }

    /// Tells the line that has no end yet as it stands.
    void tellUnfinished(boolean backlog) {
        if (pendingLength > 0) {
            tell(pending, 0, pendingLength, backlog);
        }
    }

    private void finish(byte[] in, int from, int to, boolean backlog) {
        if (pendingLength == 0 && to - from <= MAX_LINE_BYTES) {
            tell(in, from, to, backlog);
        } else {
            keep(in, from, to, backlog);
            tell(pending, 0, pendingLength, backlog);
        }
        number++;
        told = null;
        pendingLength = 0;
        if (pending.length > USUAL_LINE_BYTES) {
            pending = new byte[USUAL_LINE_BYTES];
        }
    }

    private void keep(byte[] in, int from, int to, boolean backlog) {
        int at = from;
        while (at < to) {
            if (pendingLength == MAX_LINE_BYTES) {
                cut(backlog);
            }
            int count = Math.min(to - at, MAX_LINE_BYTES - pendingLength);
            if (pendingLength + count > pending.length) {
                int grown = Math.min(MAX_LINE_BYTES, Math.max(pending.length * 2, pendingLength + count));
                pending = Arrays.copyOf(pending, grown);
            }
            System.arraycopy(in, at, pending, pendingLength, count);
            pendingLength += count;
            at += count;
        }
    }

    private void cut(boolean backlog) {
        tell(pending, 0, pendingLength, backlog);
        System.arraycopy(pending, pendingLength - OVERLAP_BYTES, pending, 0, OVERLAP_BYTES);
        pendingLength = OVERLAP_BYTES;
    }

    private void tell(byte[] in, int from, int to, boolean backlog) {
        String text = LenientUtf8.decode(in, from, to - from).stripTrailing();
        if (!text.equals(told)) {
            told = text;
            observer.line(new LogLine(number, text, backlog));
        }
    }
}
