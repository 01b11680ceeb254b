package dev.dray.app.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.locks.ReentrantLock;

/// The demo model server's log: a real file, begun anew at each start, in the manner of vLLM. Thread-safe.
final class ModelLogFile implements AutoCloseable {
    private final Writer out;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();

    ModelLogFile(Path file, InstantSource clock) throws IOException {
        this.clock = clock;
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        // A start of the platform's model servers gives the log a new inode; truncating would hide the run's beginning.
        Files.deleteIfExists(file);
        this.out = Files.newBufferedWriter(file, StandardOpenOption.CREATE_NEW);
    }

    void info(String message) {
        write("INFO", message);
    }

    void error(String message) {
        write("ERROR", message);
    }

    private void write(String level, String message) {
        String time = DateTimeFormatter.ISO_LOCAL_TIME.format(
                LocalTime.ofInstant(clock.instant().truncatedTo(ChronoUnit.MILLIS), ZoneId.systemDefault()));
        lock.lock();
        try {
            out.write(level + " " + time + " " + message + "\n");
            out.flush();
        } catch (IOException fault) {
            throw new UncheckedIOException("cannot write the model server's log", fault);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
