package dev.dray.app.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// The two streams of the program. Lines come from many threads; a status line, on a terminal only,
/// stays below them.
///
/// Thread-safe.
final class Terminal {
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final StandardOutput output;
    private final PrintStream out;
    private final PrintStream err;
    private final boolean interactive;
    private final ReentrantLock lock = new ReentrantLock();
    private String status = "";

    private Terminal(StandardOutput output, PrintStream err, boolean interactive) {
        this.output = output;
        this.out = new PrintStream(output, false, System.out.charset());
        this.err = err;
        this.interactive = interactive;
    }

    /// The terminal of this process.
    static Terminal ofProcess() {
        var output = new StandardOutput(new FileOutputStream(FileDescriptor.out));
        return new Terminal(output, System.err, Colours.errorsAreWatched());
    }

    /// Why results are missing from standard output: a full disk, for instance. Empty where nothing is, or
    /// where the reader left.
    Optional<String> lost() {
        locked(out::flush);
        return output.failure();
    }

    /// Whether a person watches.
    boolean interactive() {
        return interactive;
    }

    /// Standard error as a stream, for what another program prints.
    OutputStream errors() {
        return new OutputStream() {
            @Override
            public void write(int value) {
                locked(() -> err.write(value));
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                locked(() -> {
                    err.write(bytes, offset, length);
                    err.flush();
                });
            }
        };
    }

    /// Standard output as a stream, for results too many to print line by line.
    OutputStream results() {
        return out;
    }

    /// A result, on standard output.
    void print(String line) {
        locked(() -> {
            out.println(line);
            out.flush();
        });
    }

    /// Part of a result without an end of line, on standard output.
    void part(String text) {
        locked(() -> {
            out.print(text);
            out.flush();
        });
    }

    /// A message, on standard error.
    void say(String line) {
        locked(() -> {
            err.println(line);
            err.flush();
        });
    }

    /// Replaces the status line; empty takes it away. Does nothing where nobody watches.
    void status(String text) {
        if (!interactive) {
            return;
        }
        lock.lock();
        try {
            status = text;
            err.print(CLEAR_LINE + status);
            err.flush();
        } finally {
            lock.unlock();
        }
    }

    private void locked(Runnable printing) {
        lock.lock();
        try {
            if (!status.isEmpty()) {
                err.print(CLEAR_LINE);
                err.flush();
            }
            printing.run();
            if (!status.isEmpty()) {
                err.print(status);
                err.flush();
            }
        } finally {
            lock.unlock();
        }
    }
}
