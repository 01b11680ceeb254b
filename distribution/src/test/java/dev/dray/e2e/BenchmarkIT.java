package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command of the benchmark, with as little load as there can be: that it still fits the worker, not how fast it
/// is.
class BenchmarkIT {
    private static final Path COMMAND = Path.of("benchmark").toAbsolutePath();

    @TempDir
    private Path folder;

    @Test
    void measuresTheWorkerBesideItsModelServer() throws Exception {
        Path json = folder.resolve("figures.json");
        Path html = folder.resolve("page.html");

        String output = run(
                "--no-build",
                "--no-nginx",
                "--rounds",
                "1",
                "--seconds",
                "0.3",
                "--json",
                json.toString(),
                "--html",
                html.toString(),
                "requests-8",
                "streams-100",
                "client-gone");

        JsonNode root = new JsonMapper().readTree(json.toFile());
        assertThat(root.path("notes")).as(output).isEmpty();
        for (String contender : List.of("direct", "worker")) {
            assertThat(median(root, "requests-8", "requests/s", contender)).isPositive();
            assertThat(median(root, "streams-100", "tokens/s", contender)).isPositive();
            assertThat(median(root, "client-gone", "closed after p50", contender))
                    .isPositive();
        }
        assertThat(median(root, "requests-8", "CPU per request", "worker")).isPositive();
        assertThat(output).contains("client gone to model server").contains("targets were not measured in this run");
        assertThat(html).content().contains("new uPlot(").contains("streams-100");
    }

    @Test
    void saysWhichScenariosThereAre() throws Exception {
        Ended ended = start("--no-build", "--no-nginx", "requests-7");

        assertThat(ended.status()).isEqualTo(2);
        assertThat(ended.output()).contains("no scenario is called 'requests-7'; there are: requests-1, requests-8");
    }

    private static double median(JsonNode root, String scenario, String measure, String contender) {
        for (JsonNode figure : root.path("figures")) {
            if (figure.path("scenario").asText().equals(scenario)
                    && figure.path("measure").asText().equals(measure)) {
                return figure.path(contender).path("median").asDouble(-1);
            }
        }
        return -1;
    }

    private record Ended(int status, String output) {}

    private String run(String... arguments) throws IOException, InterruptedException {
        Ended ended = start(arguments);
        assertThat(ended.status()).as(ended.output()).isZero();
        return ended.output();
    }

    private Ended start(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("bash", COMMAND.toString()));
        command.addAll(List.of(arguments));
        Path output = folder.resolve("output.txt");
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        process.getOutputStream().close();
        assertThat(process.waitFor(RunningProgram.PATIENCE.multipliedBy(3).toSeconds(), TimeUnit.SECONDS))
                .as(Files.readString(output))
                .isTrue();
        return new Ended(process.exitValue(), Files.readString(output));
    }
}
