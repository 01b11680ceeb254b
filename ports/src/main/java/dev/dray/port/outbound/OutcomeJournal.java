package dev.dray.port.outbound;

import java.time.Instant;
import java.util.List;

/// Keeps what is owed to the platform over a restart. Knows nothing of its content: texts are the platform adapter's.
///
/// What is written reaches the disk within a second; an entry written before the process was killed may so be missing.
/// Never throws: where nothing can be written, all goes on in memory, and it is logged. Thread-safe.
public interface OutcomeJournal extends AutoCloseable {
    /// What an earlier process left behind, in order. It is kept until it is written again under new numbers, and given
    /// up with the first [#settled(long)].
    Recovered recovered();

    /// A request was admitted: until [#ended(long, String)] it is open.
    ///
    /// @param number grows from one admission to the next
    /// @param text   one line, no line breaks
    void admitted(long number, String text);

    /// A request has its outcome, which is owed until it is settled.
    ///
    /// @param number of its admission, or a new one where it was never admitted
    /// @param text   one line, no line breaks
    void ended(long number, String text);

    /// An outcome was delivered, or is given up.
    void settled(long number);

    /// Forces to disk what was written so far.
    void flush();

    @Override
    void close();

    /// What an earlier process left.
    ///
    /// @param outcomes ended but not settled
    /// @param open     admitted but not ended
    /// @param unusable lines that could not be read, were too old or another container's
    record Recovered(List<Kept> outcomes, List<Kept> open, long unusable) {
        public Recovered {
            outcomes = List.copyOf(outcomes);
            open = List.copyOf(open);
        }
    }

    /// A text as it was written.
    ///
    /// @param writtenAt wall-clock time
    record Kept(String text, Instant writtenAt) {}
}
