package dev.dray.app.cli;

import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/// Hands the terminal to the commands that picocli makes.
final class CommandParts implements IFactory {
    private final Terminal terminal;

    CommandParts(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        if (TerminalCommand.class.isAssignableFrom(type)) {
            return type.getDeclaredConstructor(Terminal.class).newInstance(terminal);
        }
        return CommandLine.defaultFactory().create(type);
    }
}
