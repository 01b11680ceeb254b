package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is handed on: the tarball, unpacked somewhere else and run where there is no Java.
class PackageIT {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private static Path folder;

    private static Unpacked unpacked;

    @BeforeAll
    static void unpack() throws Exception {
        assumeTrue(Unpacked.isMade(), "no tarball in target/: built with dray.skip-package, or not on Linux x86-64");
        unpacked = Unpacked.in(folder);
    }

    @Test
    void holdsAllThatItSays() {
        assertThat(unpacked.home())
                .isDirectoryContaining("glob:**/lib")
                .isDirectoryContaining("glob:**/plugins")
                .isDirectoryContaining("glob:**/deploy");
        assertThat(List.of("conf/worker.yaml", "examples/vllm.yaml", "lib/dray.aot", "runtime/legal"))
                .allSatisfy(name -> assertThat(unpacked.home().resolve(name)).exists());
        assertThat(List.of("bin/dray", "runtime/bin/java", "runtime/lib/jspawnhelper"))
                .allSatisfy(name -> assertThat(unpacked.home().resolve(name)).isExecutable());
        assertThat(unpacked.home().resolve("build-stamp")).doesNotExist();
    }

    @Test
    void servesARequestWithoutAnyJavaAroundAndLoadsItsClassesFromTheCache() throws Exception {
        Path classes = folder.resolve("classes-%p.txt");

        Unpacked.Ended demo = unpacked.run(
                Map.of("DRAY_JAVA_OPTIONS", "-Xlog:class+load:file=" + classes + " -Djava.io.tmpdir=" + folder),
                "demo",
                "--once");

        assertThat(demo.status()).as(demo.err()).isZero();
        assertThat(demo.out()).contains("first token");
        List<String> worker = classesOfTheWorker();
        assertThat(worker)
                .anyMatch(line -> line.contains("dev.dray.app.WorkerProgram ") && line.contains("shared objects file"));
        assertThat(worker.stream()
                        .filter(line -> line.contains("shared objects file"))
                        .count())
                .as("classes from the cache, of %d", worker.size())
                .isGreaterThan(worker.size() * 3L / 4);
        assertThat(worker)
                .as("classes of Java 5, which had to be raised for it")
                .filteredOn(line -> line.contains(" picocli.CommandLine "))
                .isNotEmpty()
                .allMatch(line -> line.contains("shared objects file"));
    }

    private static List<String> classesOfTheWorker() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.getFileName().toString().startsWith("classes-"))
                    .toList()) {
                List<String> lines = Files.readAllLines(file);
                if (lines.stream().anyMatch(line -> line.contains("dev.dray.app.WorkerProgram "))) {
                    return lines;
                }
            }
        }
        throw new AssertionError("no process of the demo has loaded the worker's classes");
    }

    @Test
    void runsOnTheRuntimeItBrings() throws Exception {
        Unpacked.Ended seen = unpacked.run(Map.of("DRAY_JAVA_OPTIONS", "-XshowSettings:properties"), "version");

        assertThat(seen.status()).as(seen.err()).isZero();
        assertThat(seen.out() + seen.err())
                .contains("java.home = " + unpacked.home().resolve("runtime"));
    }

    @Test
    void saysNothingWhereTheCacheDoesNotFit() throws Exception {
        Unpacked.Ended fits = unpacked.run(Map.of(), "version");
        Path jar = jars().stream()
                .filter(file -> file.getFileName().toString().startsWith("picocli"))
                .findFirst()
                .orElseThrow();
        FileTime before = Files.getLastModifiedTime(jar);
        Files.setLastModifiedTime(jar, FileTime.fromMillis(before.toMillis() + 60_000));
        Unpacked.Ended otherTime = unpacked.run(Map.of(), "version");
        Files.setLastModifiedTime(jar, before);
        Unpacked.Ended otherOptions =
                unpacked.run(Map.of("DRAY_JAVA_OPTIONS", "-XX:-UseCompactObjectHeaders"), "version");
        Unpacked.Ended switchedOff = unpacked.run(Map.of("DRAY_JAVA_OPTIONS", "-Xshare:off"), "version");

        assertThat(fits.out()).startsWith("dray ");
        assertThat(List.of(fits, otherTime, otherOptions, switchedOff))
                .allMatch(ended -> ended.err().isEmpty())
                .allMatch(ended -> ended.status() == 0)
                .extracting(Unpacked.Ended::out)
                .containsOnly(fits.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Xms32m", "-Xmx64m", "-Xmx32m", "-Xms32m -Xmx32m", "-Xmn64m", "-XX:NewSize=80m"})
    void startsWithAHeapOfAnotherSize(String options) throws Exception {
        Unpacked.Ended ended = unpacked.run(Map.of("DRAY_JAVA_OPTIONS", options), "version");

        assertThat(ended.status()).as(ended.out() + ended.err()).isZero();
    }

    @Test
    void namesWhatIsWrongWithAnotherJava() throws Exception {
        Unpacked.Ended ended = unpacked.run(Map.of("DRAY_JAVA_HOME", "/nowhere"), "version");

        assertThat(ended.status()).isEqualTo(1);
        assertThat(ended.err()).contains("DRAY_JAVA_HOME is '/nowhere'").contains("set it to the folder of a JDK 25");
    }

    @Test
    void everyJarStandsInTheListOfPartsAndInThatOfLicences() throws Exception {
        assumeTrue(
                Files.exists(unpacked.home().resolve("sbom.cdx.json")),
                "Maven was offline: the tarball has no list of parts");
        assertThat(unpacked.home().resolve("LICENSE")).isNotEmptyFile();
        JsonNode sbom = JSON.readTree(unpacked.home().resolve("sbom.cdx.json").toFile());
        String licences = Files.readString(unpacked.home().resolve("licenses/THIRD-PARTY.txt"));
        Map<String, String> hashes = new HashMap<>();
        for (JsonNode component : sbom.path("components")) {
            assertThat(component.path("licenses"))
                    .as("licences of " + component)
                    .isNotEmpty();
            component
                    .path("evidence")
                    .path("occurrences")
                    .forEach(place -> component.path("hashes").forEach(hash -> {
                        if (hash.path("alg").asText().equals("SHA-256")) {
                            hashes.put(
                                    place.path("location").asText(),
                                    hash.path("content").asText());
                        }
                    }));
        }

        List<Path> jars = jars();
        assertThat(jars).hasSizeGreaterThan(50);
        for (Path jar : jars) {
            String name = unpacked.home().relativize(jar).toString();
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar));
            assertThat(hashes).containsEntry(name, HexFormat.of().formatHex(digest));
            if (!jar.getFileName().toString().startsWith("dray-")) {
                assertThat(licences).contains(name + "  |  ");
            }
        }
        assertThat(hashes).hasSameSizeAs(jars);
        assertThat(sbom.path("components").findValuesAsText("name")).contains("OpenJDK runtime", "guava", "picocli");
        for (String line : licences.lines().filter(row -> row.contains("  |  ")).toList()) {
            for (String file : line.substring(line.lastIndexOf("  |  ") + 5).split(", ", -1)) {
                assertThat(unpacked.home().resolve("licenses").resolve(file)).isNotEmptyFile();
            }
        }
    }

    @Test
    void theRuntimeHasEveryModuleThatTheWorkersOwnJarsName() throws Exception {
        String[] own = jars().stream()
                .map(Path::toString)
                .filter(jar -> jar.contains("/dray-"))
                .toArray(String[]::new);
        var out = new StringWriter();
        var arguments = Stream.concat(Stream.of("--ignore-missing-deps", "--multi-release", "25", "-s"), Stream.of(own))
                .toArray(String[]::new);
        int exit = ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(new PrintWriter(out), new PrintWriter(out), arguments);
        String modules = Files.readString(unpacked.home().resolve("runtime/release"));

        assertThat(exit).as(out.toString()).isZero();
        List<String> named = out.toString()
                .lines()
                .filter(line -> line.startsWith("dray-"))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .filter(module -> module.startsWith("java.") || module.startsWith("jdk."))
                .distinct()
                .toList();
        assertThat(named)
                .contains("java.base", "java.net.http")
                .allSatisfy(module -> assertThat(modules).containsPattern("[ \"]" + module + "[ \"]"));
    }

    private static List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.walk(unpacked.home())) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .filter(file -> !file.startsWith(unpacked.home().resolve("kit")))
                    .filter(file -> !file.startsWith(unpacked.home().resolve("runtime")))
                    .sorted()
                    .toList();
        }
    }
}
