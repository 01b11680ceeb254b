package dev.dray.app.cli;

import java.util.Iterator;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Prints what makes a shell complete commands, options and their values.
@Command(
        name = "completion",
        description = "Prints a script that makes bash or zsh complete commands, options and their values.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  source <(dray completion bash)                    this shell, from now on",
            "  dray completion bash > ~/.local/share/bash-completion/completions/dray",
            "  dray completion zsh > ~/.zfunc/_dray              where ~/.zfunc is in $fpath",
            "",
            "The packaged program has both in completion/."
        })
final class CompletionCommand implements TerminalCommand {
    private static final String NAME = "dray";

    private final Terminal terminal;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it calls
    private CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "bash or zsh.", completionCandidates = Shells.class)
    private String shell = "";

    CompletionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        CommandLine program = spec.root().commandLine();
        terminal.part(
                switch (shell) {
                    case "bash" -> bash(program);
                    case "zsh" -> zsh(bash(program));
                    default ->
                        throw new ParameterException(
                                spec.commandLine(), "Invalid value for SHELL: '" + shell + "', expected bash or zsh");
                });
        return ExitCode.DONE;
    }

    private static String bash(CommandLine program) {
        return AutoComplete.bash(NAME, program);
    }

    // Loaded by its first use: that one is answered too, all later ones go to what it has registered.
    private static String zsh(String bash) {
        return """
                #compdef dray
                autoload -U +X bashcompinit && bashcompinit
                # A word of bash alone; the alias below is not seen by what zsh loads at its first use.
                (( ${+functions[compopt]} )) || function compopt { :; }
                %s
                _bash_complete -o bashdefault -o default -F _complete_dray
                """.formatted(bash.stripTrailing());
    }

    static final class Shells implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return List.of("bash", "zsh").iterator();
        }
    }
}
