package dev.dray.adapter.statefiles;

import dev.dray.adapter.statefiles.JournalLine.Kind;
import dev.dray.port.outbound.OutcomeJournal;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Keeps outcomes in one append-only file of checksummed lines, which is replaced by a shorter one now and then.
///
/// A caller only changes maps in memory; a thread of the journal's own writes what changed, once a second, and soon
/// after something was settled: a process killed before that would tell the platform what it knows already. Two workers
/// on one machine share a directory but no file, as their prefixes differ. A second process with the same prefix finds
/// the file locked, and one that cannot make the directory has no file: both go on in memory for as long as they live.
/// One whose disk fails later tries again every half minute.
public final class FileOutcomeJournal implements OutcomeJournal {
    private static final Logger LOG = System.getLogger(FileOutcomeJournal.class.getName());
    private static final long FLUSH_NANOS = TimeUnit.SECONDS.toNanos(1);
    // Long enough for all of a delivery to be settled.
    private static final long SOON_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int WRITINGS_SKIPPED_AFTER_FAILURE = 30;

    private final long containerId;
    private final InstantSource clock;
    private final JournalFile file;
    private final Recovered recovered;

    // Guards the book and the flags; held for moments only, by those who call.
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition due = lock.newCondition();
    private final JournalBook book;
    private boolean closed;
    private boolean settled;

    // Guards the file and what follows; held while the disk works, never by those who only tell something.
    private final ReentrantLock writing = new ReentrantLock();
    private boolean claimed;
    // Read by the journal's thread without the lock, to know how long to wait.
    private volatile boolean failed;
    private int skip;

    /// Opens the journal, and reads what an earlier process left in it.
    ///
    /// @param directory   need not be there yet
    /// @param prefix      names the worker, for example `3000-C.1234` of port and container id; what is not a
    ///     letter, digit, `.`, `_` or `-` becomes `_` in the files' names
    /// @param containerId what another container left is dropped
    /// @param clock       tells how old a line is
    public FileOutcomeJournal(Path directory, String prefix, long containerId, InstantSource clock) {
        this.containerId = containerId;
        this.clock = clock;
        this.book = new JournalBook(containerId);
        this.file = new JournalFile(directory, prefix.replaceAll("[^A-Za-z0-9._-]", "_"));
        this.claimed = claim();
        this.recovered = claimed ? recover() : new Recovered(List.of(), List.of(), 0);
        Thread.ofPlatform().name("dray-outcome-journal").daemon().start(this::writeEachSecond);
    }

    @Override
    public Recovered recovered() {
        return recovered;
    }

    @Override
    public void admitted(long number, String text) {
        take(Kind.ADMITTED, number, text);
    }

    @Override
    public void ended(long number, String text) {
        take(Kind.ENDED, number, text);
    }

    @Override
    public void settled(long number) {
        take(Kind.SETTLED, number, "");
    }

    @Override
    public void flush() {
        // An interrupt would close the file under the writing; it is for the caller, after it.
        boolean interrupted = Thread.interrupted();
        writing.lock();
        try {
            write(true);
        } finally {
            writing.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            due.signalAll();
        } finally {
            lock.unlock();
        }
        flush();
        writing.lock();
        try {
            claimed = false;
            file.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "outcome journal not closed cleanly file={0}", file.path(), e);
        } finally {
            writing.unlock();
        }
    }

    private void take(Kind kind, long number, String text) {
        long millis = clock.millis();
        lock.lock();
        try {
            if (!closed) {
                book.take(kind, number, millis, text);
            }
            if (kind == Kind.SETTLED && !settled) {
                settled = true;
                due.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean claim() {
        try {
            if (file.claim()) {
                return true;
            }
            LOG.log(
                    Level.WARNING,
                    "outcome journal is of another process, outcomes are kept in memory only file={0} hint={1}",
                    file.path(),
                    "end the other worker, or give this one another port or state-dir");
        } catch (IOException e) {
            tellFailure(e);
        }
        return false;
    }

    private Recovered recover() {
        var reader = new JournalReader(containerId, clock.instant());
        if (!Files.exists(file.path())) {
            return reader.recovered();
        }
        try {
            reader.read(file.path());
        } catch (IOException e) {
            LOG.log(Level.WARNING, "outcome journal not readable to its end file={0}", file.path(), e);
        }
        Recovered left = reader.recovered();
        left.outcomes().forEach(kept -> restore(Kind.ENDED, kept));
        left.open().forEach(kept -> restore(Kind.ADMITTED, kept));
        try {
            file.replace(book.takeAll());
        } catch (IOException e) {
            fail(e);
        }
        return left;
    }

    private void restore(Kind kind, Kept kept) {
        book.take(kind, kept.number(), kept.writtenAt().toEpochMilli(), kept.text());
    }

    private void writeEachSecond() {
        while (awaitNext()) {
            writing.lock();
            try {
                write(false);
            } finally {
                writing.unlock();
            }
        }
    }

    private boolean awaitNext() {
        lock.lock();
        try {
            long left = FLUSH_NANOS;
            while (!closed && left > 0) {
                left = due.awaitNanos(settled && !failed ? Math.min(left, SOON_NANOS) : left);
            }
            settled = false;
            return !closed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void write(boolean now) {
        if (!claimed || (failed && !now && skip-- > 0)) {
            return;
        }
        try {
            if (failed) {
                file.replace(taken(true));
                failed = false;
                LOG.log(Level.INFO, "outcome journal is written again file={0}", file.path());
            }
            List<JournalLine> lines = taken(false);
            if (!lines.isEmpty()) {
                file.append(lines);
            }
            if (file.isDue()) {
                file.replace(taken(true));
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    private List<JournalLine> taken(boolean all) {
        lock.lock();
        try {
            return all ? book.takeAll() : book.takeUnwritten(clock.millis());
        } finally {
            lock.unlock();
        }
    }

    // What was taken from the book and not written is written with all the rest at the next try.
    private void fail(IOException e) {
        if (!failed) {
            tellFailure(e);
        }
        failed = true;
        skip = WRITINGS_SKIPPED_AFTER_FAILURE;
    }

    private void tellFailure(IOException e) {
        LOG.log(
                Level.WARNING,
                "outcome journal not written, outcomes are kept in memory only file={0} hint={1}",
                file.path(),
                "make its directory writable, or set state-dir",
                e);
    }
}
