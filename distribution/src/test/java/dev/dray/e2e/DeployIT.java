package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The Kubernetes manifests against the worker itself: its settings are accepted, its metrics have the names that the
/// autoscaler asks for.
class DeployIT {
    private static final Path MANIFESTS = Path.of("target/dray/deploy/kubernetes");
    private static final Pattern METRIC = Pattern.compile("\\bdray_[a-z_]+");

    @TempDir
    private Path folder;

    @Test
    void theSettingsInTheManifestAreAccepted() throws Exception {
        String manifest = Files.readString(MANIFESTS.resolve("vllm-with-dray.yaml"));
        String settings = manifest.substring(
                manifest.indexOf("  worker.yaml: |\n") + "  worker.yaml: |\n".length(), manifest.indexOf("---\n"));
        Path file = Files.writeString(folder.resolve("worker.yaml"), settings.stripIndent());

        try (RunningProgram check = RunningProgram.start(Map.of(), "check", "--config", file.toString())) {
            assertThat(check.awaitExit()).as(check.output()).isZero();
        }
    }

    @Test
    void everyMetricOfTheAutoscalerIsEmitted() throws Exception {
        List<String> asked = METRIC.matcher(Files.readString(MANIFESTS.resolve("scaledobject.yaml")))
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
        try (World world = new World(folder).ready()) {
            String metrics = World.get(world.adminPort(), "/metrics").text();

            assertThat(asked)
                    .hasSize(4)
                    .allSatisfy(name -> assertThat(metrics).containsPattern("(?m)^" + name + "[ {]"));
        }
    }
}
