package dev.dray.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// The log file that a model server writes and a worker follows.
final class ModelLog {
    /// What the demo plugin takes for the end of loading.
    static final String LOADED = "INFO: Application startup complete.\n";

    /// What the demo plugin takes for a crash.
    static final String BROKEN = "Traceback (most recent call last):\n";

    private final Path file;

    ModelLog(Path file) {
        this.file = file;
    }

    Path file() {
        return file;
    }

    /// Writes text at the end, as it is: with or without an end of line.
    void append(String text) throws IOException {
        Files.write(file, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /// Moves the file away and begins a new one, as the platform's images do at each start of the engine.
    void rotate(String firstText) throws IOException {
        Files.move(file, file.resolveSibling(file.getFileName() + ".old"), StandardCopyOption.REPLACE_EXISTING);
        append(firstText);
    }

    /// Empties the same file and writes on.
    void truncate(String firstText) throws IOException {
        Files.write(file, firstText.getBytes(StandardCharsets.UTF_8), StandardOpenOption.TRUNCATE_EXISTING);
    }

    void delete() throws IOException {
        Files.delete(file);
    }
}
