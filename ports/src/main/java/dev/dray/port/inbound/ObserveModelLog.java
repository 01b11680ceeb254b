package dev.dray.port.inbound;

/// Hears the model server's log, line by line. Called by one thread at a time per source.
public interface ObserveModelLog {
    /// A new run of the model server began: the file was opened, replaced, truncated or came back, or a process was
    /// started.
    ///
    /// @param source where the lines come from, for a person: a path or a command
    void runBegan(String source);

    /// One line. A line that is not finished yet is told as it stands and again, under the same number, as it grows.
    void line(LogLine line);

    /// All that stood there when the source was opened has been told; what comes now is new.
    void caughtUp();

    /// One line of the log.
    ///
    /// @param number  counts the lines of this run from 1
    /// @param text    without line end; cut at 1 MiB
    /// @param backlog whether it stood there already when the source was opened
    record LogLine(long number, String text, boolean backlog) {}
}
