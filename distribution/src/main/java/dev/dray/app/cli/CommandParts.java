package dev.dray.app.cli;

import dev.dray.app.logging.LogLines;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/// Hands terminal and log to the commands that picocli makes.
final class CommandParts implements IFactory {
    private final Terminal terminal;
    private final LogLines log;

    CommandParts(Terminal terminal, LogLines log) {
        this.terminal = terminal;
        this.log = log;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        if (type == RunCommand.class) {
            return type.cast(new RunCommand(terminal, log));
        }
        if (TerminalCommand.class.isAssignableFrom(type)) {
            return type.getDeclaredConstructor(Terminal.class).newInstance(terminal);
        }
        return CommandLine.defaultFactory().create(type);
    }
}
