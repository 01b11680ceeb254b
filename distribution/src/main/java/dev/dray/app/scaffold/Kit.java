package dev.dray.app.scaffold;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// The jars that a plugin is compiled and tested with, as they come with the program.
public final class Kit {
    private static final String SPI = "dray-spi";
    private static final String TESTKIT = "dray-testkit";
    // In the project it has a name of its own: it is more than the module of that name, see its descriptor.
    private static final String TESTKIT_ARTIFACT = "dray-plugin-testkit";
    private static final int DIGITS = 8;

    private final Path folder;
    private final String release;

    /// @param folder  `kit` beside the program
    /// @param release version of the program, part of the jars' names
    public Kit(Path folder, String release) {
        this.folder = folder;
        this.release = release;
    }

    /// The first jar that is missing; empty where all are there.
    public List<Path> missing() {
        return jars().stream().filter(jar -> !Files.isRegularFile(jar)).toList();
    }

    private List<Path> jars() {
        return List.of(jar(SPI, ""), jar(SPI, "-sources"), jar(TESTKIT, ""), jar(TESTKIT, "-sources"));
    }

    private Path jar(String name, String classifier) {
        return folder.resolve(name + "-" + release + classifier + ".jar");
    }

    /// A version that names these very bytes: Maven never looks again at what it has once taken under a
    /// version.
    String version() throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path jar : jars()) {
                digest.update(Files.readAllBytes(jar));
            }
            return release + "-" + HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /// Lays the jars out as a Maven repository.
    void layOut(Path repository) throws IOException {
        String version = version();
        put(repository, SPI, SPI, Map.of("version", version, "artifact", SPI, "dependencies", ""));
        put(
                repository,
                TESTKIT,
                TESTKIT_ARTIFACT,
                Map.of(
                        "version",
                        version,
                        "artifact",
                        TESTKIT_ARTIFACT,
                        "dependencies",
                        Template.filled("testkit-dependencies.txt", Map.of("version", version))));
    }

    private void put(Path repository, String name, String artifact, Map<String, String> words) throws IOException {
        String version = words.getOrDefault("version", release);
        Path place = Files.createDirectories(
                repository.resolve("dev").resolve("dray").resolve(artifact).resolve(version));
        String file = artifact + "-" + version;
        Files.copy(jar(name, ""), place.resolve(file + ".jar"));
        Files.copy(jar(name, "-sources"), place.resolve(file + "-sources.jar"));
        Files.writeString(place.resolve(file + ".pom"), Template.filled("kit-pom.xml.txt", words));
    }
}
