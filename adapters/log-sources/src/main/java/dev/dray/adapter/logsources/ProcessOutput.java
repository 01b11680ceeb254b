package dev.dray.adapter.logsources;

import dev.dray.port.inbound.ObserveModelLog;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;

/// Reads what one run writes, passes the bytes on as they are, and tells the lines.
///
/// A thread of its own reads until the last process that holds the other end has closed it, or [#abandon()]. What a
/// child writes after its parent has ended may be lost: the JDK closes our end as soon as it sees that.
final class ProcessOutput {
    private static final Logger LOG = System.getLogger(OwnProcess.class.getName());
    private static final int READ_BYTES = 64 << 10;

    private final InputStream from;
    private final OutputStream passOn;
    private final GuardedObserver observer;
    private final LastLines lastLines = new LastLines();
    private final Runnable atEnd;
    private boolean passing = true;
    private volatile boolean ended;

    /// @param atEnd called by the reading thread once all is told
    ProcessOutput(InputStream from, OutputStream passOn, ObserveModelLog log, Runnable atEnd) {
        this.from = from;
        this.passOn = passOn;
        this.observer = new GuardedObserver(log);
        this.atEnd = atEnd;
    }

    /// @param source name of the run, for a person
    void start(String source) {
        Thread.ofPlatform().name("dray-model-output").daemon().start(() -> read(source));
    }

    /// Whether the last line was told.
    boolean ended() {
        return ended;
    }

    /// Tells nothing any more, whatever still comes.
    void abandon() {
        observer.close();
    }

    List<String> lastLines() {
        return lastLines.all();
    }

    private void read(String source) {
        observer.runBegan(source);
        // Nothing was written before it was started: all of it is new.
        observer.caughtUp();
        LineSplitter lines = new LineSplitter(new Keeping(observer, lastLines));
        byte[] buffer = new byte[READ_BYTES];
        try (from) {
            for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
                passOn(buffer, count);
                lines.feed(buffer, count, false);
                lines.tellUnfinished(false);
            }
        } catch (IOException closed) {
            LOG.log(Level.DEBUG, "model output ended before its end", closed);
        } finally {
            ended = true;
            atEnd.run();
        }
    }

    private void passOn(byte[] bytes, int count) {
        if (!passing) {
            return;
        }
        try {
            passOn.write(bytes, 0, count);
            passOn.flush();
        } catch (IOException nobodyListens) {
            passing = false;
            LOG.log(Level.WARNING, "model output is passed on no longer, reading on", nobodyListens);
        }
    }

    /// Keeps each line, and tells it.
    private record Keeping(ObserveModelLog to, LastLines lastLines) implements ObserveModelLog {
        @Override
        public void runBegan(String source) {
            to.runBegan(source);
        }

        @Override
        public void line(LogLine line) {
            lastLines.add(line);
            to.line(line);
        }

        @Override
        public void caughtUp() {
            to.caughtUp();
        }
    }
}
