package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The packaged program in a shell: exit codes, which stream says what, pipes, completion.
class ShellIT {
    private static final Path HOME = Path.of("target/dray").toAbsolutePath();
    private static final String BASH = "/bin/bash";

    @TempDir
    private Path folder;

    private record Said(int code, String out, String err) {}

    /// Runs a line of bash in which `dray` is the program.
    private Said shell(String line, Map<String, String> environment) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        String java = ProcessHandle.current().info().command().orElseThrow();
        String dray =
                "dray() { '%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Ddray.home='%s' -cp '%s/lib/*' %s \"$@\"; }; "
                        .formatted(java, HOME, HOME, "dev.dray.app.cli.Main");
        var builder = new ProcessBuilder(BASH, "-c", dray + line)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .directory(folder.toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> !List.of("PATH", "HOME", "LANG").contains(name));
        builder.environment().putAll(environment);
        int code = builder.start().waitFor();
        return new Said(code, Files.readString(out), Files.readString(err));
    }

    private Said shell(String line) throws IOException, InterruptedException {
        return shell(line, Map.of());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            dray                                    | no command given             | dray --help
            dray rn                                 | 'rn'                         | Did you mean: dray run?
            dray plugin                             | 'plugin'                     | plugins
            dray run --bakend vllm                  | --bakend                     | --backend
            dray run --config                       | --config                     | dray run --help
            dray demo --port much                   | 'much'                       | dray demo --help
            dray completion fish                    | 'fish'                       | bash or zsh
            dray --color=blue version               | 'blue'                       | auto, always, never
            dray run --backend vlm                  | plugin 'vlm' not found       | did you mean 'vllm'?
            dray check --config none-such.yaml      | none-such.yaml               | correct --config
            dray explain --backend vllm --route /v1/completions none.json | none.json | name one that is there
            """)
    void badUsageExitsWithTwoAndSaysWhatToDoOnStandardErrorAlone(String line, String what, String next)
            throws IOException, InterruptedException {
        Said said = shell(line);

        assertThat(said.code()).as(said.err()).isEqualTo(2);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).contains(what).contains(next).doesNotContain("\tat ");
    }

    @Test
    void aReaderThatLeavesIsNoFailure() throws IOException, InterruptedException {
        Said said = shell("dray plugins | head -1; exit ${PIPESTATUS[0]}");

        assertThat(said.code()).isZero();
        assertThat(said.out().lines()).hasSize(1);
        assertThat(said.err()).isEmpty();
    }

    @Test
    void aFullDiskIsAFailureThatIsTold() throws IOException, InterruptedException {
        Said said = shell("dray version > /dev/full");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains("standard output").contains("No space left");
    }

    @Test
    void aFileThatCannotBeWrittenIsNamed() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("file"), "");

        Said said = shell("dray model-server --port 0 --log-file file/model.log");

        assertThat(said.code()).isEqualTo(1);
        assertThat(said.err()).contains("file").contains("cannot be used").doesNotContain("\tat ");
    }

    @Test
    void coloursComeOnlyWhereTheyAreAskedFor() throws IOException, InterruptedException {
        assertThat(shell("dray run --help").out()).doesNotContain("\u001b");
        assertThat(shell("dray run --help --color=always").out()).contains("\u001b[");
        assertThat(shell("dray --color always run --help").out()).contains("\u001b[");
        assertThat(shell("dray run --nope --color=always").err()).contains("\u001b[");
    }

    @Test
    void everyCommandTeachesByExample() throws IOException, InterruptedException {
        Said all = shell("dray completion bash");
        List<String> commands = words(all.out(), "local commands=\"");

        assertThat(commands).contains("run", "check", "plugins");
        String each = "for c in %s; do dray $c --help > $c.txt || exit 9; done".formatted(String.join(" ", commands));
        assertThat(shell(each).code()).isZero();
        for (String command : commands) {
            assertThat(Files.readString(folder.resolve(command + ".txt")))
                    .as(command)
                    .contains("Usage: dray " + command)
                    .contains("Examples:\n  ")
                    .contains("dray " + command);
        }
    }

    private static List<String> words(String text, String before) {
        int start = text.indexOf(before) + before.length();
        return Stream.of(text.substring(start, text.indexOf('"', start)).split(" ", -1))
                .filter(word -> !word.isBlank())
                .toList();
    }

    @Test
    void versionIsCompleteForAScript() throws IOException, InterruptedException {
        JsonNode json = Json.read(shell("dray version --json").out());

        assertThat(json.path("version").asText()).isNotEmpty().isNotEqualTo("development");
        assertThat(json.path("java").asText()).startsWith("25");
        assertThat(json.path("spi").asText()).isNotEmpty();
        assertThat(json.path("built").asText()).matches("\\d{4}-.*Z");
    }

    @ParameterizedTest
    @CsvSource({"bash, completion/dray.bash", "zsh, completion/_dray"})
    void thePackageHoldsTheCompletionOfTheseVeryCommands(String shell, String file)
            throws IOException, InterruptedException {
        Said said = shell("dray completion " + shell);

        assertThat(said.code()).isZero();
        assertThat(Files.readString(HOME.resolve(file)))
                .as(
                        "distribution/src/main/dist/%s is out of date; write it again from the top of the repository:"
                                + " distribution/dray completion %s > distribution/src/main/dist/%s",
                        file, shell, file)
                .isEqualTo(said.out());
    }

    @Test
    void bashCompletesCommandsOptionsAndBackends() throws IOException, InterruptedException {
        String complete =
                "source '%s'; complete -p dray; t() { COMP_WORDS=(\"$@\"); COMP_CWORD=$(($#-1)); COMPREPLY=(); "
                                .formatted(HOME.resolve("completion/dray.bash"))
                        + "_complete_dray dray \"${!#}\" 2>/dev/null; echo \"${COMPREPLY[@]}\"; }; ";

        List<String> lines = shell(complete
                        + "t dray ex; t dray run --back; t dray run --backend vl; t dray completion z; t dray --color n;"
                        + " t dray sim; t dray simulate --max; t dray simulate --router le")
                .out()
                .lines()
                .toList();

        assertThat(lines)
                .containsExactly(
                        "complete -o default -F _complete_dray dray",
                        "explain",
                        "--backend",
                        "vllm",
                        "zsh",
                        "never",
                        "simulate",
                        "--max-queue-time",
                        "least-loaded");
    }

    /// A zsh as a person has it: with a terminal, and the script loaded at its first use.
    @Test
    void zshCompletesWithoutAWordOfItsOwn() throws IOException, InterruptedException {
        assumeTrue(
                shell("command -v zsh").code() == 0,
                "no zsh on the PATH: completion was not tried in one; apt-get install zsh");
        Files.writeString(folder.resolve("terminal.zsh"), """
                zmodload zsh/zpty
                zpty z zsh -f -i
                zpty -w z 'PS1=; fpath=(%s $fpath); autoload -Uz compinit; compinit -D; print READY-$((1+1))'
                zpty -r -m z out '*READY-2*'
                zpty -w -n z $'dray run --backend vl\t'
                zpty -w z $'\\C-a: \\C-e; print DONE-$((1+1))'
                zpty -r -m z out '*DONE-2*'
                print -r -- $out
                zpty -d z
                """.formatted(HOME.resolve("completion")));

        Said said = shell("zsh -f terminal.zsh");

        assertThat(said.out()).contains(": dray run --backend vllm").doesNotContain("not found");
    }

    @Test
    void completionKnowsEveryPluginThatIsShipped() throws IOException, InterruptedException {
        JsonNode plugins = Json.read(shell("dray plugins --json").out()).path("plugins");
        var ids = new ArrayList<String>();
        StreamSupport.stream(plugins.spliterator(), false)
                .map(plugin -> plugin.path("id").asText())
                .forEach(ids::add);

        String script = Files.readString(HOME.resolve("completion/dray.bash"), StandardCharsets.UTF_8);

        assertThat(script).contains("(\"" + String.join("\" \"", ids) + "\")");
    }
}
