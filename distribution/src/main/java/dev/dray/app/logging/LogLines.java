package dev.dray.app.logging;

import dev.dray.app.config.Config.LogFormat;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// Makes each log record of this process one line: dray's own from its level on, those of libraries from
/// WARNING on.
public final class LogLines extends Handler {
    private static final System.Logger LOG = System.getLogger(LogLines.class.getName());

    private final Consumer<String> out;
    private volatile LogFormat format = LogFormat.TEXT;

    LogLines(Consumer<String> out) {
        this.out = out;
    }

    /// Makes this the only place where log records go, and threads that die have their last word.
    ///
    /// @param out takes a line without its end; any thread
    public static LogLines install(Consumer<String> out) {
        var lines = new LogLines(out);
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        root.addHandler(lines);
        root.setLevel(Level.WARNING);
        LoggerLevels.ofProcess();
        Thread.setDefaultUncaughtExceptionHandler((thread, fault) ->
                LOG.log(System.Logger.Level.ERROR, "a thread died thread={0}", thread.getName(), fault));
        return lines;
    }

    /// From now on in this form.
    public void format(LogFormat wanted) {
        format = wanted;
    }

    /// In which form.
    public LogFormat format() {
        return format;
    }

    @Override
    public void publish(LogRecord entry) {
        if (isLoggable(entry)) {
            LogForm form = switch (format) {
                case TEXT -> new TextForm();
                case JSON -> new JsonForm();
            };
            out.accept(form.line(entry));
        }
    }

    @Override
    public void flush() {
        // Each line is flushed as it is written.
    }

    @Override
    public void close() {
        // Who takes the lines outlives the log.
    }
}
