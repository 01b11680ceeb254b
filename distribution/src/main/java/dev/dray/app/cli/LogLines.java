package dev.dray.app.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/// Sends every log record as one line to the terminal's standard error: time, level, logger, message.
final class LogLines extends Handler {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    // Messages may have places for parameters, in the manner of java.text.MessageFormat.
    private static final Formatter MESSAGES = new SimpleFormatter();

    // Loggers are held weakly: without this reference the level would be forgotten at some garbage collection.
    private static final Logger OURS = Logger.getLogger("dev.dray");

    private final Terminal terminal;

    private LogLines(Terminal terminal) {
        this.terminal = terminal;
    }

    /// Makes the terminal the only place where log records go.
    static void install(Terminal terminal, Level level) {
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        root.addHandler(new LogLines(terminal));
        root.setLevel(Level.WARNING);
        level(level);
    }

    /// Sets the least important line of dray's own that is written.
    static void level(Level level) {
        OURS.setLevel(level);
    }

    @Override
    public void publish(LogRecord entry) {
        if (isLoggable(entry)) {
            terminal.say(line(entry));
        }
    }

    private static String line(LogRecord entry) {
        String name = entry.getLoggerName() == null ? "" : entry.getLoggerName();
        var line = new StringBuilder(160)
                .append(TIME.format(entry.getInstant()))
                .append(' ')
                .append(word(entry.getLevel()))
                .append(' ')
                .append(name.substring(name.lastIndexOf('.') + 1))
                .append(" - ")
                .append(MESSAGES.formatMessage(entry));
        if (entry.getThrown() != null) {
            var trace = new StringWriter();
            entry.getThrown().printStackTrace(new PrintWriter(trace));
            line.append(System.lineSeparator()).append(trace.toString().stripTrailing());
        }
        return line.toString();
    }

    private static String word(Level level) {
        return switch (level.getName()) {
            case "SEVERE" -> "ERROR";
            case "FINE", "FINER", "FINEST" -> "DEBUG";
            default -> level.getName().toUpperCase(Locale.ROOT);
        };
    }

    @Override
    public void flush() {
        // Each line is flushed as it is written.
    }

    @Override
    public void close() {
        // The terminal outlives the log.
    }
}
