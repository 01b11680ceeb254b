package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the packaged program says to a person at a shell.
class CommandLineIT {
    @Test
    void listsThePluginsItFound() throws Exception {
        try (RunningProgram program = RunningProgram.start(Map.of(), "plugins")) {
            assertThat(program.awaitExit()).isZero();
            assertThat(program.output())
                    .contains("vllm")
                    .contains("openai")
                    .contains("demo")
                    .contains("/my/route");
        }
    }

    @Test
    void listsEveryMistakeInTheConfigurationAndExitsWithTwo(@TempDir Path folder) throws Exception {
        Path config = folder.resolve("worker.yaml");
        Files.writeString(
                config, "backend: vllm\nmodell:\n  url: x\ntime-outs:\n  connect: soon\nlimits:\n  queue: -1\n");

        try (RunningProgram program = RunningProgram.start(Map.of(), "run", "--config", config.toString())) {
            assertThat(program.awaitExit()).isEqualTo(2);
            assertThat(program.output())
                    .contains("worker.yaml:2")
                    .contains("modell")
                    .contains("worker.yaml:5")
                    .contains("soon")
                    .contains("worker.yaml:7")
                    .contains("-1");
        }
    }

    @Test
    void namesTheBackendsThereAreWhenAskedForAnother() throws Exception {
        try (RunningProgram program = RunningProgram.start(Map.of(), "run", "--backend", "vlm")) {
            assertThat(program.awaitExit()).isEqualTo(2);
            assertThat(program.output()).contains("'vlm'").contains("vllm").contains("demo");
        }
    }

    @Test
    void refusesABrokenPluginJarByName(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("broken.jar"), "this is no jar");

        try (RunningProgram program = RunningProgram.start(Map.of("DRAY_PLUGINS", folder.toString()), "plugins")) {
            assertThat(program.awaitExit()).isZero();
            assertThat(program.output()).contains("broken.jar").contains("vllm");
        }
    }

    @Test
    void exitsWithTwoOnAnUnknownOption() throws Exception {
        try (RunningProgram program = RunningProgram.start(Map.of(), "run", "--bakend", "vllm")) {
            assertThat(program.awaitExit()).isEqualTo(2);
            assertThat(program.output()).contains("--bakend").contains("--backend");
        }
    }
}
