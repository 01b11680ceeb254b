package dev.dray.adapter.logsources;

import dev.dray.adapter.logsources.FollowedFile.From;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Knows which file lies behind the path and how far it is read; looks for news each time it is told to.
///
/// [#look()] does everything; [#glance()] only reads on in the file that is open, for a third of the price.
///
/// Owned by one thread.
final class LogFollower {
    private static final Logger LOG = System.getLogger(FollowedFile.class.getName());
    private static final int READ_BYTES = 64 << 10;

    private final ByteBuffer buffer = ByteBuffer.allocate(READ_BYTES);
    private final Path path;
    private final From from;
    private final GuardedObserver observer;
    private final LineSplitter lines;
    // Only what the first look finds is old.
    private boolean firstLook = true;
    private @Nullable OpenLog open;

    LogFollower(Path path, From from, GuardedObserver observer) {
        this.path = path;
        this.from = from;
        this.observer = observer;
        this.lines = new LineSplitter(observer);
    }

    /// Reads everything new, closes what was replaced, opens what has come.
    void look() throws IOException {
        Optional<Object> key = OpenLog.keyAt(path);
        OpenLog current = open;
        if (current != null) {
            readOn(current, key);
        }
        if (open == null && key.isPresent()) {
            openFile();
        }
        if (firstLook && key.isEmpty()) {
            LOG.log(Level.INFO, "model log is not there yet path={0}", path);
        }
        firstLook = false;
    }

    /// Reads what was added to the open file; notices a truncation, but not that another file lies at the path.
    void glance() throws IOException {
        OpenLog current = open;
        if (current != null) {
            readNews(current);
        }
    }

    private void readOn(OpenLog current, Optional<Object> key) throws IOException {
        try {
            readNews(current);
        } finally {
            // While nothing lies at the path, whoever wrote the old file may still write to it.
            if (key.isPresent() && !current.is(key.get())) {
                close();
            }
        }
    }

    private void openFile() throws IOException {
        OpenLog opened = OpenLog.open(path).orElse(null);
        if (opened == null) {
            return;
        }
        open = opened;
        long backlogBytes = firstLook ? opened.size() : 0;
        beginRun();
        if (from == From.END) {
            opened.seek(backlogBytes);
        } else {
            read(opened, backlogBytes, true);
        }
        observer.caughtUp();
        readNews(opened);
    }

    private void readNews(OpenLog log) throws IOException {
        if (log.size() < log.position()) {
            log.seek(0);
            beginRun();
            observer.caughtUp();
        }
        read(log, Long.MAX_VALUE, false);
    }

    private void beginRun() {
        LOG.log(Level.INFO, "model log begins path={0}", path);
        lines.startRun();
        observer.runBegan(path.toString());
    }

    private void read(OpenLog log, long limit, boolean backlog) throws IOException {
        int count = log.read(buffer, limit);
        if (count == 0) {
            return;
        }
        while (count > 0 && !observer.closed()) {
            lines.feed(buffer.array(), count, backlog);
            count = log.read(buffer, limit);
        }
        lines.tellUnfinished(backlog);
    }

    /// Lets go of the file.
    void close() {
        OpenLog current = open;
        open = null;
        if (current == null) {
            return;
        }
        try {
            current.close();
        } catch (IOException fault) {
            LOG.log(Level.DEBUG, "model log did not close path={0}", path, fault);
        }
    }
}
