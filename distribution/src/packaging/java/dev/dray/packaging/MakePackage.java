package dev.dray.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Makes the packaged program out of the built one, step by step, each with its time.
///
/// Arguments: the built program's folder, the package's folder (made anew), the version, the time that all files bear,
/// and whether Maven is offline.
/// It is started in `distribution`, on the JDK that the runtime is cut from.
public final class MakePackage {
    private static final List<Path> PARTS =
            List.of(Path.of("target/parts.json"), Path.of("../plugins/declarative/target/parts.json"));

    private final Path folder;
    private final Instant timestamp;
    private long stepStarted = System.nanoTime();

    private MakePackage(Path folder, Instant timestamp) {
        this.folder = folder;
        this.timestamp = timestamp;
    }

    /// A step that may wait for processes.
    private interface Step {
        void run() throws IOException, InterruptedException;
    }

    static void main(String[] arguments) throws IOException, InterruptedException {
        var made = new MakePackage(Path.of(arguments[1]).toAbsolutePath(), Instant.parse(arguments[3]));
        made.step("program", () -> made.copyProgram(Path.of(arguments[0])));
        made.step("runtime", () -> JavaRuntime.link(made.folder.resolve("runtime")));
        if (arguments[4].equals("offline=true")) {
            made.step("old classes", () -> OldClasses.raise(made.folder.resolve("lib")));
            System.out.println("package: Maven is offline, so no list of parts is made: without SBOM and licences,"
                    + " not to be handed on");
        } else {
            made.list(arguments[2]);
        }
        // The cache remembers when each jar was changed: hence before the training run, and as the tarball will say.
        made.step("times", () -> made.stamp(made.folder));
        made.step("start-up cache", () -> Training.run(made.folder));
        made.stamp(made.folder);
    }

    private void list(String version) throws IOException, InterruptedException {
        // Known by what is in them, so before anything in them is changed.
        Parts parts = Parts.read(PARTS, folder, version);
        step("old classes", () -> parts.changed(folder, OldClasses.raise(folder.resolve("lib")), OldClasses.NOTICE));
        step("sbom", () -> Sbom.write(parts, folder.resolve("sbom.cdx.json"), timestamp));
        step("licences", () -> Licences.write(parts, folder, Path.of("src/packaging/licenses")));
    }

    private void step(String name, Step step) throws IOException, InterruptedException {
        step.run();
        long now = System.nanoTime();
        System.out.printf("package: %-14s %5.1f s%n", name, (now - stepStarted) / 1e9);
        stepStarted = now;
    }

    private void copyProgram(Path built) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> old = Files.walk(folder)) {
                for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        Files.createDirectories(folder.getParent());
        try (Stream<Path> files = Files.walk(built)) {
            for (Path file : files.toList()) {
                // When it was built says nothing to whoever gets it, and would make every tarball differ.
                if (!file.endsWith("build-stamp")) {
                    Files.copy(
                            file,
                            folder.resolve(built.relativize(file).toString()),
                            StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    private void stamp(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.setLastModifiedTime(file, FileTime.from(timestamp));
            }
        }
    }
}
