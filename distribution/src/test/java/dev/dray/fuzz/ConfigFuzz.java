package dev.dray.fuzz;

import dev.dray.app.config.Configs;
import dev.dray.app.config.Inputs;
import dev.dray.app.config.Loaded;
import dev.dray.app.config.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Any file is settings, or a list of mistakes that each fit one line and name a place that is there.
public final class ConfigFuzz {
    private static final Path FILE = temporary();

    private ConfigFuzz() {}

    private static Path temporary() {
        try {
            Path file = Files.createTempFile("fuzz", ".yaml");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        Files.write(FILE, input);
        Path folder = Objects.requireNonNull(FILE.getParent());
        var inputs = new Inputs(Optional.of(FILE), Map.of(), List.of(), folder, 1 << 28, Inputs.Purpose.INSPECT);
        if (!(Configs.load(inputs) instanceof Loaded.Refused refused)) {
            return;
        }
        Promise.hold(!refused.problems().isEmpty(), "who refuses says why");
        // As many as there may be by any reading: YAML also ends lines at some wider letters.
        int lines = input.length + 2;
        refused.problems().forEach(problem -> {
            Promise.hold(problem.text().lines().count() == 1, "a mistake fits one line: " + problem.text());
            if (problem.origin() instanceof Origin.InFile(String _, int line, int column)) {
                Promise.hold(line >= 0 && line <= lines && column >= 0, "a mistake names a place in the file");
            }
        });
    }
}
