package dev.dray.benchmark;

import dev.dray.benchmark.stand.Asking;
import dev.dray.benchmark.stand.Contender;
import dev.dray.benchmark.stand.ModelProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// All that runs while it is measured.
///
/// @param description of machine, contenders and options, for the report
/// @param closing     ended in this order
record Stand(
        String description,
        Path folder,
        ModelProcess model,
        Asking asking,
        List<Contender> contenders,
        List<Runnable> closing)
        implements AutoCloseable {
    @Override
    public void close() {
        closing.forEach(Runnable::run);
        model.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException left) {
            throw new UncheckedIOException("cannot remove " + folder, left);
        }
    }
}
