package dev.dray.app.logging;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/// How a record becomes text.
interface LogForm {
    /// One line without its end; in [TextForm] the stack of an exception follows in lines of its own.
    String line(LogRecord entry);

    /// The word for a level: as [LoggerLevels] spells them.
    static String word(Level level) {
        int weight = level.intValue();
        if (weight >= Level.SEVERE.intValue()) {
            return "error";
        }
        if (weight >= Level.WARNING.intValue()) {
            return "warning";
        }
        if (weight >= Level.CONFIG.intValue()) {
            return "info";
        }
        return weight >= Level.FINE.intValue() ? "debug" : "trace";
    }

    /// The name of a logger; empty where it has none.
    static String logger(LogRecord entry) {
        return entry.getLoggerName() == null ? "" : entry.getLoggerName();
    }

    static String stack(Throwable fault) {
        var text = new StringWriter();
        fault.printStackTrace(new PrintWriter(text));
        return text.toString().stripTrailing();
    }

    /// Whether a reader of lines may take it for an end of line, or a terminal for an order.
    static boolean isControl(int character) {
        return Character.isISOControl(character) || character == 0x2028 || character == 0x2029;
    }

    /// As JSON and Java write it.
    static String escaped(int character) {
        return switch (character) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> String.format(Locale.ROOT, "\\u%04x", character);
        };
    }
}
