package dev.dray.port.outbound;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/// Keeps what is owed to the platform over a restart. Knows nothing of its content: texts are the platform adapter's.
///
/// What is written reaches the disk within a second; an entry written before the process was killed may so be missing.
/// Never throws: where nothing can be written, all goes on in memory, and it is logged. Calls after [#close()] do
/// nothing. Thread-safe.
public interface OutcomeJournal extends AutoCloseable {
    /// Most outcomes kept, and most open admissions; the oldest goes where there is no room.
    int MAX_KEPT = 100_000;

    /// What an earlier process left behind; always the same answer. It stays kept, under the numbers given here, until
    /// it is ended or settled like everything else.
    Recovered recovered();

    /// A request was admitted: until [#ended(long, String)] it is open.
    ///
    /// @param number 1 or more, and another one for each admission
    /// @param text   one line, no line breaks
    void admitted(long number, String text);

    /// A request has its outcome, which is owed until it is settled.
    ///
    /// @param number of its admission, or a new one where it was never admitted
    /// @param text   one line, no line breaks
    void ended(long number, String text);

    /// An outcome was delivered, or is given up. Unknown numbers are let pass.
    void settled(long number);

    /// Forces to disk what was written so far.
    void flush();

    /// Flushes, and takes nothing more.
    @Override
    void close();

    /// What an earlier process left.
    ///
    /// @param outcomes ended but not settled, in the order they ended
    /// @param open     admitted but not ended, in the order they were admitted
    /// @param unusable what could not be read, was too old, too much or another container's
    record Recovered(List<Kept> outcomes, List<Kept> open, long unusable) {
        public Recovered {
            outcomes = List.copyOf(outcomes);
            open = List.copyOf(open);
        }
    }

    /// A text as it was written.
    ///
    /// @param number    below 0, so that it is no number of this process
    /// @param writtenAt wall-clock time, to the millisecond
    record Kept(long number, String text, Instant writtenAt) {
        public Kept {
            Objects.requireNonNull(text, "text");
            Objects.requireNonNull(writtenAt, "writtenAt");
        }
    }
}
