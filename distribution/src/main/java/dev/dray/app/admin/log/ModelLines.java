package dev.dray.app.admin.log;

import dev.dray.port.inbound.ObserveModelLog;
import dev.dray.port.outbound.ModelProcess;
import dev.dray.port.outbound.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// The last lines that the model servers wrote, of all of them together. Thread-safe.
///
/// A line may be told before it is whole, and again as it grows: then it takes the place of what was told before.
public final class ModelLines {
    /// Lines kept.
    public static final int MOST_LINES = 500;

    /// Longest line kept; the rest is cut off.
    public static final int LONGEST_LINE = 2_000;

    // What has stood as it is for so long is not told again as news unless it changes.
    private static final long SETTLED_NANOS = Duration.ofMillis(500).toNanos();

    private final Ticker ticker;
    private final InstantSource clock;

    // Guarded by the lock.
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Kept> kept = new ArrayDeque<>();
    private final Map<Integer, Kept> newest = new HashMap<>();

    public ModelLines(Ticker ticker, InstantSource clock) {
        this.ticker = ticker;
        this.clock = clock;
    }

    /// One line.
    ///
    /// @param at     wall-clock time when it was read
    /// @param server place of the model server, or of the first of those that share the log
    /// @param text   without line end
    public record Line(Instant at, int server, String text) {}

    private static final class Kept {
        private final int server;
        private final long number;
        private final Instant at;
        private String text;
        private long changedNanos;
        private boolean told;

        private Kept(int server, long number, Instant at) {
            this.server = server;
            this.number = number;
            this.at = at;
            this.text = "";
        }

        private Line line() {
            return new Line(at, server, text);
        }
    }

    /// Keeps the lines of a log on their way to who reads it.
    public ObserveModelLog watching(int server, ObserveModelLog reader) {
        return new WatchedLog(this, server, reader);
    }

    /// Keeps the lines of a process on their way to who reads them.
    public ModelProcess watching(int server, ModelProcess process) {
        return new WatchedProcess(this, server, process);
    }

    void runBegan(int server) {
        lock.lock();
        try {
            // Numbers begin anew: the same one is another line now.
            newest.remove(server);
        } finally {
            lock.unlock();
        }
    }

    void line(int server, long number, String text) {
        String shown = cut(text);
        lock.lock();
        try {
            Kept line = newest.get(server);
            if (line == null || line.number != number) {
                line = new Kept(server, number, clock.instant());
                newest.put(server, line);
                kept.add(line);
                if (kept.size() > MOST_LINES) {
                    kept.remove();
                }
            } else if (line.text.equals(shown)) {
                return;
            }
            line.text = shown;
            line.changedNanos = ticker.nanos();
            line.told = false;
        } finally {
            lock.unlock();
        }
    }

    // Not between the two halves of a character.
    private static String cut(String text) {
        if (text.length() <= LONGEST_LINE) {
            return text;
        }
        boolean split = Character.isHighSurrogate(text.charAt(LONGEST_LINE - 1));
        return text.substring(0, split ? LONGEST_LINE - 1 : LONGEST_LINE);
    }

    /// All that are kept, oldest first.
    public List<Line> all() {
        lock.lock();
        try {
            return kept.stream().map(Kept::line).toList();
        } finally {
            lock.unlock();
        }
    }

    /// Those that are new since this was asked before, oldest first. One that may still grow is left for the next
    /// time.
    public List<Line> news() {
        lock.lock();
        try {
            var news = new ArrayList<Line>();
            for (Kept line : kept) {
                if (!line.told && isSettled(line)) {
                    line.told = true;
                    news.add(line.line());
                }
            }
            return news;
        } finally {
            lock.unlock();
        }
    }

    private boolean isSettled(Kept line) {
        return newest.get(line.server) != line || ticker.nanos() - line.changedNanos >= SETTLED_NANOS;
    }
}
