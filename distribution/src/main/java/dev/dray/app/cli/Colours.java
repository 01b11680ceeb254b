package dev.dray.app.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Whether help and errors are coloured: on a terminal, unless `NO_COLOR` says no [1], or as `--color` says.
///
/// [1] https://no-color.org
enum Colours {
    AUTO,
    ALWAYS,
    NEVER;

    private static final String OPTION = "--color";
    private static final int OUT = 1;
    private static final int ERR = 2;

    /// What the command line asks for. Read before it is parsed: its mistakes are told in colour, too.
    static Ansi asked(String[] arguments, Map<String, String> environment) {
        Colours colours = AUTO;
        for (int place = 0; place < arguments.length; place++) {
            String argument = arguments[place];
            if (argument.startsWith(OPTION + "=")) {
                colours = named(argument.substring(OPTION.length() + 1)).orElse(colours);
            } else if (argument.equals(OPTION) && place + 1 < arguments.length) {
                colours = named(arguments[place + 1]).orElse(colours);
            }
        }
        return switch (colours) {
            case ALWAYS -> Ansi.ON;
            case NEVER -> Ansi.OFF;
            case AUTO -> watched(environment) ? Ansi.ON : Ansi.OFF;
        };
    }

    private static boolean watched(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb")
                && isTerminal(OUT)
                && isTerminal(ERR);
    }

    /// Whether standard error is a terminal; progress is shown there.
    static boolean errorsAreWatched() {
        return isTerminal(ERR);
    }

    // The console of the JDK knows of standard input and output only.
    private static boolean isTerminal(int stream) {
        try {
            String target =
                    Files.readSymbolicLink(Path.of("/proc/self/fd/" + stream)).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException noSuchPlace) {
            return Optional.ofNullable(System.console())
                    .map(Console::isTerminal)
                    .orElse(false);
        }
    }

    private static Optional<Colours> named(String word) {
        return switch (word) {
            case "auto" -> Optional.of(AUTO);
            case "always" -> Optional.of(ALWAYS);
            case "never" -> Optional.of(NEVER);
            default -> Optional.empty();
        };
    }

    /// For completion.
    static final class Words implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return List.of("auto", "always", "never").iterator();
        }
    }

    static final class Reader implements ITypeConverter<Colours> {
        @Override
        public Colours convert(String value) {
            return named(value)
                    .orElseThrow(
                            () -> new TypeConversionException("'" + value + "', expected one of auto, always, never"));
        }
    }
}
