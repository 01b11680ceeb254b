package dev.dray.adapter.logsources;

import dev.dray.port.inbound.ObserveModelLog;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Follows a log file by its path, whatever happens to the file, and tells its lines to the worker.
///
/// The file may be absent and come later, be renamed or deleted and replaced, or be truncated; each time a new run
/// begins. What stood in the file when following began is told as backlog, then `caughtUp`; in every later run
/// `caughtUp` follows `runBegan` at once, as nothing in it is old. A file that is gone from its path is read on until
/// another one is there, and to its end before that one is opened.
///
/// The file is asked for news every 20 ms, its path for another file every 100 ms, instead of by `WatchService`: this
/// costs little (figures in the README) and works for a path whose folder is not there yet, and on file systems that
/// send no events.
public final class FollowedFile implements AutoCloseable {
    /// How long news may lie unread.
    private static final Duration GLANCE_EVERY = Duration.ofMillis(20);

    /// So many glances to one look: how long another file may lie there unseen.
    private static final int GLANCES_PER_LOOK = 5;

    /// How long [#close()] waits for an observer that is busy.
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(1);

    private static final Logger LOG = System.getLogger(FollowedFile.class.getName());

    private final GuardedObserver observer;
    private final LogFollower follower;
    private final Path path;
    private final Thread thread;

    private FollowedFile(Path path, From from, ObserveModelLog observer) {
        this.path = path;
        this.observer = new GuardedObserver(observer);
        this.follower = new LogFollower(path, from, this.observer);
        this.thread = Thread.ofPlatform().name("dray-log").daemon().unstarted(this::follow);
    }

    /// Where to begin in a file that is there when following begins; any other is read from its first byte.
    public enum From {
        /// The first byte: what stands there is the run so far.
        START,
        /// Behind the last byte: what stands there is not told, and lines count from there.
        END
    }

    /// Begins to follow on a thread of its own; the observer is called on that thread only.
    public static FollowedFile start(Path path, From from, ObserveModelLog observer) {
        var followed = new FollowedFile(path.toAbsolutePath(), from, observer);
        followed.thread.start();
        return followed;
    }

    /// Ends it. Once this returns nothing more is told, but for a call the observer has not returned from within a
    /// second. May be called again.
    @Override
    public void close() {
        observer.close();
        LockSupport.unpark(thread);
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            thread.join(CLOSE_WITHIN);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() {
        boolean faulty = false;
        for (int round = 0; !observer.closed() && !Thread.currentThread().isInterrupted(); round++) {
            try {
                if (round % GLANCES_PER_LOOK == 0) {
                    follower.look();
                } else {
                    follower.glance();
                }
                if (faulty) {
                    LOG.log(Level.INFO, "model log readable again path={0}", path);
                }
                faulty = false;
            } catch (IOException fault) {
                // Once for each trouble, not fifty times a second.
                if (!faulty) {
                    LOG.log(Level.WARNING, "model log not readable, trying on path={0}", path, fault);
                }
                faulty = true;
            }
            LockSupport.parkNanos(this, GLANCE_EVERY.toNanos());
        }
        follower.close();
    }
}
