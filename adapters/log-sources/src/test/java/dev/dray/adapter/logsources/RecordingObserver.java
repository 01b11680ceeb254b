package dev.dray.adapter.logsources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.port.inbound.ObserveModelLog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Writes down what is told, in short: `run`, `caught up`, and `3 text` for a new line, `3 text (old)` for backlog.
///
/// `lock` guards the notes; `noted` is signalled with each.
final class RecordingObserver implements ObserveModelLog {
    private static final long DEADLINE_SECONDS = 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition noted = lock.newCondition();
    private final List<String> notes = new ArrayList<>();
    private final List<String> sources = new ArrayList<>();
    private final List<LogLine> lines = new ArrayList<>();

    @Override
    public void runBegan(String source) {
        note("run", () -> sources.add(source));
    }

    @Override
    public void line(LogLine line) {
        note(line.number() + " " + line.text() + (line.backlog() ? " (old)" : ""), () -> lines.add(line));
    }

    @Override
    public void caughtUp() {
        note("caught up", () -> {});
    }

    private void note(String text, Runnable more) {
        lock.lock();
        try {
            notes.add(text);
            more.run();
            noted.signalAll();
        } finally {
            lock.unlock();
        }
    }

    List<String> notes() {
        lock.lock();
        try {
            return List.copyOf(notes);
        } finally {
            lock.unlock();
        }
    }

    List<LogLine> lines() {
        lock.lock();
        try {
            return List.copyOf(lines);
        } finally {
            lock.unlock();
        }
    }

    List<String> sources() {
        lock.lock();
        try {
            return List.copyOf(sources);
        } finally {
            lock.unlock();
        }
    }

    /// Waits until a note that begins so.
    void await(String note) throws InterruptedException {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
            while (notes.stream().noneMatch(found -> found.startsWith(note))) {
                assertThat(left).as("waiting for '%s', found %s", note, notes).isPositive();
                left = noted.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
