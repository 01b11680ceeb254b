package dev.dray.benchmark;

import dev.dray.benchmark.stand.WorkerPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// Workers as they are shipped.
final class Packages {
    private Packages() {}

    /// The same plan; where it names a tarball, with the folder it was unpacked to.
    ///
    /// @param parent of that folder
    static WorkerPlan unpacked(WorkerPlan plan, Path parent) throws IOException {
        if (!Files.isRegularFile(plan.home())) {
            mustBePackage(plan.home());
            return plan;
        }
        Path folder = Files.createTempDirectory(parent, "package-");
        Process tar = new ProcessBuilder("tar", "xzf", plan.home().toString(), "-C", folder.toString())
                .inheritIO()
                .start();
        if (tar.onExit().join().exitValue() != 0) {
            throw new IOException(plan.home() + " is no packed worker: tar could not unpack it");
        }
        try (Stream<Path> inside = Files.list(folder)) {
            Path home = inside.findFirst().orElseThrow();
            mustBePackage(home);
            return plan.at(home);
        }
    }

    private static void mustBePackage(Path home) throws IOException {
        if (!Files.isExecutable(home.resolve("bin/dray"))) {
            throw new IOException(home + " is no packaged worker: it has no bin/dray");
        }
    }
}
