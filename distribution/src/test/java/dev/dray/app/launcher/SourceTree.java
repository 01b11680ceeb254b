package dev.dray.app.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A source tree that looks like the project's, with the real launcher, a pretended JDK 25 and a pretended Maven that
/// builds in no time and counts.
record SourceTree(Path root) {
    private static final Path SCRIPTS = Path.of("").toAbsolutePath();

    static SourceTree in(Path directory) throws IOException {
        var tree = new SourceTree(
                Files.createDirectory(directory.resolve("a project")).toRealPath());
        for (String module : List.of("ports", "core-domain", "adapters", "plugins", "distribution")) {
            Files.createDirectories(tree.sources(module));
            Files.writeString(tree.source(module), "final class A {}\n");
        }
        Files.writeString(tree.root.resolve("pom.xml"), "<project/>\n");
        tree.copy("dray");
        for (String script : List.of("bin/dray", "bin/find-jdk.sh")) {
            tree.copy("src/main/dist/" + script);
        }
        tree.pretendJdk("jdk", "25.0.3");
        tree.pretendMaven("");
        return tree;
    }

    Path sources(String module) {
        return root.resolve(module + "/src/main/java");
    }

    Path source(String module) {
        return sources(module).resolve("A.java");
    }

    Path launcher() {
        return root.resolve("distribution/dray");
    }

    /// How often the pretended Maven was called.
    long builds() throws IOException {
        Path count = root.resolve("builds");
        return Files.exists(count) ? Files.readAllLines(count).size() : 0;
    }

    /// A folder with a release file and executables that say what they were given.
    Path pretendJdk(String name, String version) throws IOException {
        Path jdk = root.resolve(".jdks/" + name);
        Files.createDirectories(jdk.resolve("bin"));
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"us\"\nJAVA_VERSION=\"" + version + "\"\n");
        for (String tool : List.of("java", "javac")) {
            executable(jdk.resolve("bin/" + tool), "printf '%s\\n' \"$@\"\n");
        }
        return jdk;
    }

    /// A Maven that first does what the script says, then builds.
    void pretendMaven(String script) throws IOException {
        executable(root.resolve(".tools/mvn"), script + """

            echo "JAVA_HOME=$JAVA_HOME" "$@" >>"%1$s/builds"
            mkdir -p distribution/target/dray
            cp -R distribution/src/main/dist/bin distribution/target/dray/
            date -u +%%Y-%%m-%%dT%%H:%%M:%%S.%%3NZ >distribution/target/dray/build-stamp
            """.formatted(root));
    }

    Run start(Path script, String... arguments) throws IOException {
        return Run.start(
                List.of(arguments),
                script,
                Map.of(
                        "PATH",
                        root.resolve(".tools") + ":" + System.getenv("PATH"),
                        "HOME",
                        root.toString(),
                        "JAVA_HOME",
                        root.resolve(".jdks/jdk").toString()));
    }

    private void copy(String script) throws IOException {
        Path target = root.resolve("distribution/" + script);
        Files.createDirectories(target.getParent());
        Files.copy(SCRIPTS.resolve(script), target);
        makeExecutable(target);
    }

    private static void executable(Path file, String script) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/usr/bin/env bash\nset -eu\n" + script);
        makeExecutable(file);
    }

    private static void makeExecutable(Path file) {
        if (!file.toFile().setExecutable(true)) {
            throw new IllegalStateException("cannot make executable: " + file);
        }
    }
}
