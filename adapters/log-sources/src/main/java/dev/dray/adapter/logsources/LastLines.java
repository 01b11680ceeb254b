package dev.dray.adapter.logsources;

import dev.dray.port.inbound.ObserveModelLog.LogLine;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// The end of a run's output: so many lines, each cut.
///
/// `lock` guards the lines: one thread adds, another may read before that one has ended.
final class LastLines {
    static final int MOST = 500;
    static final int MAX_LINE_BYTES = 64 << 10;

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<String> lines = new ArrayDeque<>(MOST);
    private long number;

    /// Adds a line, or puts its longer text in the place of what was there of it.
    void add(LogLine line) {
        String text = cut(line.text());
        lock.lock();
        try {
            if (line.number() == number) {
                lines.removeLast();
            } else if (lines.size() == MOST) {
                lines.removeFirst();
            }
            number = line.number();
            lines.addLast(text);
        } finally {
            lock.unlock();
        }
    }

    /// Oldest first.
    List<String> all() {
        lock.lock();
        try {
            return List.copyOf(lines);
        } finally {
            lock.unlock();
        }
    }

    private static String cut(String text) {
        // No letter takes more than three bytes.
        if (text.length() <= MAX_LINE_BYTES / 3) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= MAX_LINE_BYTES ? text : LenientUtf8.decode(bytes, 0, MAX_LINE_BYTES);
    }
}
