package dev.dray.adapter.logsources;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What to start, and where.
///
/// @param command   program and arguments, started as they are: no shell reads them
/// @param directory working directory; empty: that of dray
/// @param withheld  variables of dray's environment that the process does not get
public record ProcessSettings(List<String> command, Optional<Path> directory, Set<String> withheld) {
    /// Checks and copies.
    ///
    /// @throws IllegalArgumentException if there is no program, or a word that no system call can carry
    public ProcessSettings {
        command = List.copyOf(command);
        withheld = Set.copyOf(withheld);
        if (command.isEmpty() || command.getFirst().isBlank()) {
            throw new IllegalArgumentException("'model.command' names no program; expected a program and its arguments;"
                    + " leave the setting out where the model server is started by somebody else");
        }
        if (command.stream().anyMatch(word -> word.indexOf('\0') >= 0)) {
            throw new IllegalArgumentException(
                    "'model.command' holds a word with a NUL character; expected none; remove it");
        }
    }

    /// A command in dray's own working directory.
    public static ProcessSettings of(String... command) {
        return new ProcessSettings(List.of(command), Optional.empty(), Set.of());
    }

    /// The same command in another working directory.
    public ProcessSettings in(Path newDirectory) {
        return new ProcessSettings(command, Optional.of(newDirectory), withheld);
    }

    /// The same command without these variables, such as keys that are no business of a model server's.
    public ProcessSettings without(Set<String> variables) {
        return new ProcessSettings(command, directory, variables);
    }
}
