package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @Test
    void demoNamesThePortThatIsTakenBeforeItStartsAnything() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                RunningProgram program =
                        RunningProgram.start(Map.of(), "demo", "--once", "--port", "" + taken.getLocalPort())) {
            assertThat(program.awaitExit()).isEqualTo(1);
            assertThat(program.output())
                    .contains("dray demo: port " + taken.getLocalPort())
                    .contains("choose another --port")
                    .doesNotContain("model-server");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "demo | --port | 65533 | expected 0 (any free ones) to 65531",
                "control-plane | --port | 70000 | '70000', expected a port, 0 to 65535",
                "model-server | --slots | two | '--slots': 'two', expected a whole number"
            })
    void exitsWithTwoOnANumberThatIsNone(String command, String option, String value, String words) throws Exception {
        try (RunningProgram program = RunningProgram.start(Map.of(), command, option, value)) {
            assertThat(program.awaitExit()).isEqualTo(2);
            assertThat(program.output()).contains(words);
        }
    }
}
