package dev.dray.app.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.app.launcher.Run.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {
    @TempDir
    Path directory;

    private SourceTree tree;

    @BeforeEach
    void makeTree() throws IOException {
        tree = SourceTree.in(directory);
    }

    @Test
    void buildsWhatIsMissingAndBecomesTheProgram() throws Exception {
        Ended ended = tree.start(tree.launcher(), "demo", "--once", "a b").end();

        assertThat(ended.status()).isZero();
        assertThat(ended.out())
                .endsWith("dev.dray.app.cli.Main", "demo", "--once", "a b")
                .contains("-Ddray.home=" + tree.root().resolve("distribution/target/dray"));
        assertThat(ended.err()).singleElement().asString().startsWith("dray: building");
        assertThat(Files.readString(tree.root().resolve("builds")))
                .startsWith("JAVA_HOME=" + tree.root().resolve(".jdks/jdk"))
                .contains("-DskipTests");
    }

    @Test
    void buildsNothingWhileNothingChanged() throws Exception {
        tree.start(tree.launcher(), "version").end();
        Ended second = tree.start(tree.launcher(), "version").end();

        assertThat(second.err()).isEmpty();
        assertThat(tree.builds()).isEqualTo(1);
    }

    @Test
    void buildsAgainWhenASourceChangedOrWentAway() throws Exception {
        for (String module : List.of("ports", "core-domain", "adapters", "plugins", "distribution")) {
            tree.start(tree.launcher(), "version").end();
            long before = tree.builds();
            touchInTheFuture(tree.source(module));
            tree.start(tree.launcher(), "version").end();
            assertThat(tree.builds()).as(module).isEqualTo(before + 1);
            Files.delete(tree.source(module));
            touchInTheFuture(tree.sources(module));
            tree.start(tree.launcher(), "version").end();
            assertThat(tree.builds()).as(module + " deleted").isEqualTo(before + 2);
            Files.setLastModifiedTime(tree.sources(module), FileTime.from(Instant.EPOCH));
        }
    }

    @Test
    void doesNotMindTestsAndDocuments() throws Exception {
        tree.start(tree.launcher(), "version").end();
        Path test = tree.root().resolve("ports/src/test/java/ATest.java");
        Files.createDirectories(test.getParent());
        touchInTheFuture(Files.writeString(test, "class ATest {}"));
        touchInTheFuture(Files.writeString(tree.root().resolve("ports/README.md"), "read"));
        tree.start(tree.launcher(), "version").end();

        assertThat(tree.builds()).isEqualTo(1);
    }

    @Test
    void noBuildRunsWhatIsThereHoweverOld() throws Exception {
        Ended nothing = tree.start(tree.launcher(), "--no-build", "version").end();
        assertThat(nothing.status()).isEqualTo(1);
        assertThat(nothing.err()).singleElement().asString().contains("nothing is built yet");

        tree.start(tree.launcher(), "version").end();
        touchInTheFuture(tree.source("ports"));
        Ended old = tree.start(tree.launcher(), "version", "--no-build").end();

        assertThat(old.out()).endsWith("dev.dray.app.cli.Main", "version");
        assertThat(tree.builds()).isEqualTo(1);
    }

    @Test
    void aFailedBuildShowsTheEndOfItsLog() throws Exception {
        tree.pretendMaven("echo 'A.java:1: expected a sense'; exit 1");

        Ended ended = tree.start(tree.launcher(), "version").end();

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err())
                .contains("A.java:1: expected a sense")
                .last()
                .asString()
                .isEqualTo("dray: the build failed; the whole log is "
                        + tree.root().resolve("distribution/target/dray-build.log"));
    }

    @Test
    void worksThroughALink() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("dray"), tree.launcher());

        assertThat(tree.start(link, "version").end().out()).endsWith("version");
    }

    @Test
    void severalAtOnceBuildOnce() throws Exception {
        Path gate = tree.root().resolve("gate");
        assertThat(new ProcessBuilder("mkfifo", gate.toString()).start().waitFor())
                .isZero();
        tree.pretendMaven("read -r _ <'" + gate + "'");

        Run first = tree.start(tree.launcher(), "first");
        first.awaitError("building");
        Run second = tree.start(tree.launcher(), "second");
        second.awaitError("another dray is building");
        Files.writeString(gate, "go\n");

        assertThat(first.end().out()).endsWith("first");
        assertThat(second.end().out()).endsWith("second");
        assertThat(tree.builds()).isEqualTo(1);
    }

    @Test
    void saysWhereItLookedForAJdkAndHowToGetOne() throws Exception {
        Path old = tree.pretendJdk("old", "17.0.9");
        Path jre = tree.pretendJdk("jre", "25");
        Files.delete(jre.resolve("bin/javac"));
        Path script = Files.writeString(directory.resolve("find"), """
            . '%s'
            JDK_FOLDERS=('%s' '%s' '/no such folder')
            JAVA_HOME=/nowhere PATH=/no
            find_jdk javac || no_jdk
            """.formatted(
                        tree.root().resolve("distribution/src/main/dist/bin/find-jdk.sh"), old, jre));

        Ended ended = tree.start(script).end();

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err())
                .contains(
                        "  JAVA_HOME: /nowhere has no 'release' file that names a version",
                        "  java on the PATH: none",
                        "  usual folders: " + old + " is Java 17.0.9",
                        "  usual folders: " + jre + " is Java 25 without bin/javac")
                .anyMatch(line -> line.contains("https://adoptium.net"));
    }

    @Test
    void takesTheJdkOfTheUsualFoldersWhenTheFirstOnesDoNotFit() throws Exception {
        Path old = tree.pretendJdk("old", "17.0.9");
        Path script = Files.writeString(directory.resolve("find"), """
            . '%s'
            JDK_FOLDERS=('%s' '%s')
            JAVA_HOME='%s' PATH=/no
            find_jdk javac
            echo "$JDK"
            """.formatted(
                        tree.root().resolve("distribution/src/main/dist/bin/find-jdk.sh"),
                        old,
                        tree.root().resolve(".jdks/jdk"),
                        old));

        assertThat(tree.start(script).end().out())
                .containsExactly(tree.root().resolve(".jdks/jdk").toString());
    }

    private static void touchInTheFuture(Path path) throws IOException {
        Files.setLastModifiedTime(path, FileTime.from(Instant.now().plus(Duration.ofMinutes(1))));
    }
}
