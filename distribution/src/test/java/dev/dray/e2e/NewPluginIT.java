package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The way of a plugin's author: a project is made, built with Maven, loaded, and serves a request.
class NewPluginIT {
    @TempDir
    Path folder;

    @Test
    void makesAProjectThatBuildsLoadsAndServes() throws Exception {
        Path project = folder.resolve("my-server");
        assertThat(run(0, "new-plugin", project.toString()))
                .contains("src/main/java/com/example/myserver/MyServerPlugin.java")
                .contains("mvn verify");

        build(project);

        String target = project.resolve("target").toString();
        assertThat(run(0, "plugins", "--plugins", target)).contains("my-server").doesNotContain("refused");
        try (World world = new World(folder.resolve("world"))) {
            world.set("backend", "my-server").variable("DRAY_PLUGINS", target).ready();
            int request = world.nextIdx();

            Answer answer =
                    world.post("/v1/completions", world.signed(request, "{\"prompt\": \"hello\", \"max_tokens\": 8}"));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo("{\"ok\": true}");
            assertThat(world.post("/v1/completions", world.signed("{\"max_tokens\": 8}"))
                            .status())
                    .isEqualTo(422);
            assertThat(world.awaitOutcome(request).toString()).contains("\"success\":true");
        }
    }

    // Offline, with what the build around has downloaded: the project's own repository is a folder.
    private static void build(Path project) throws IOException, InterruptedException {
        Path maven = Path.of(System.getProperty("dray.test.maven", "mvn"));
        assumeTrue(Files.isExecutable(maven), "no Maven at " + maven);
        Process process = new ProcessBuilder(
                        maven.toString(),
                        "-B",
                        "-o",
                        "-Dmaven.repo.local=" + System.getProperty("dray.test.repository"),
                        "verify")
                .directory(project.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        assertThat(printed).contains("Failures: 0, Errors: 0, Skipped: 0");
    }

    @Test
    void namesItsClassesAfterTheId() throws Exception {
        Path project = folder.resolve("here");

        run(0, "new-plugin", project.toString(), "--id", "fast-plugin", "--package", "org.mine");

        assertThat(project.resolve("src/main/java/org/mine/FastPlugin.java")).exists();
        assertThat(project.resolve("pom.xml")).content().contains("<Plugin-Id>fast-plugin</Plugin-Id>");
        try (Stream<Path> files = Files.walk(project)) {
            assertThat(files.filter(Files::isRegularFile)
                            .filter(file -> !file.toString().endsWith(".jar")))
                    .allSatisfy(file -> assertThat(file).content().doesNotContain("{{"));
        }
    }

    @Test
    void refusesAFolderThatIsNotEmptyAndNamesThatAreNone() throws Exception {
        Files.writeString(folder.resolve("mine.txt"), "precious");

        assertThat(run(2, "new-plugin", folder.toString(), "--id", "mine")).contains("empty folder");
        assertThat(run(2, "new-plugin", folder.resolve("New_ID!").toString())).contains("--id");
        assertThat(run(2, "new-plugin", folder.resolve("x").toString(), "--package", "a.class"))
                .contains("--package");
        assertThat(folder.resolve("x")).doesNotExist();
    }

    private static String run(int exitCode, String... arguments) throws Exception {
        try (RunningProgram program = RunningProgram.start(Map.of(), arguments)) {
            assertThat(program.awaitExit()).as(program.output()).isEqualTo(exitCode);
            return program.output();
        }
    }
}
