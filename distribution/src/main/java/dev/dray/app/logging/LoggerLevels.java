package dev.dray.app.logging;

import dev.dray.app.admin.LogLevels;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;

/// The levels as java.util.logging keeps them, one set for the whole process. A level counts for all loggers
/// below it that have none of their own, those made later too, from the next statement on.
public final class LoggerLevels implements LogLevels {
    private static final String OURS = "dev.dray";
    private static final Pattern NAME = Pattern.compile("dev\\.dray(?:\\.[A-Za-z_$][A-Za-z0-9_$]*)*");
    private static final String DEFAULT = "info";
    private static final List<String> WORDS = List.of("error", "warning", "info", "debug", "trace");
    private static final LoggerLevels OF_PROCESS = new LoggerLevels();

    // The JDK holds loggers weakly: without these their level would be forgotten at some garbage collection.
    private final Map<String, Logger> set = new ConcurrentHashMap<>();

    private LoggerLevels() {
        set(OURS, Optional.of(DEFAULT));
    }

    /// Those of this process.
    public static LoggerLevels ofProcess() {
        return OF_PROCESS;
    }

    /// Sets what counts for all of dray's loggers that have no level of their own.
    ///
    /// @throws IllegalArgumentException if the word is none of [#words()]
    public void set(String word) {
        set(OURS, Optional.of(word));
    }

    @Override
    public List<String> words() {
        return WORDS;
    }

    @Override
    public Map<String, String> levels() {
        var levels = new TreeMap<String, String>();
        set.forEach((name, logger) -> {
            Level level = logger.getLevel();
            if (level != null) {
                levels.put(name, LogForm.word(level));
            }
        });
        return levels;
    }

    @Override
    public void set(String name, Optional<String> word) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("dev.dray, or a name below it such as dev.dray.worker");
        }
        if (word.isEmpty() && name.equals(OURS)) {
            throw new IllegalArgumentException("for dev.dray one of " + String.join(", ", WORDS)
                    + ", as nothing stands above it that could give it a level");
        }
        Optional<Level> level = word.map(LoggerLevels::level);
        if (level.isPresent()) {
            set.computeIfAbsent(name, Logger::getLogger).setLevel(level.get());
            return;
        }
        Logger known = set.remove(name);
        if (known != null) {
            known.setLevel(null);
        }
    }

    private static Level level(String word) {
        return switch (word) {
            case "error" -> Level.SEVERE;
            case "warning" -> Level.WARNING;
            case "info" -> Level.INFO;
            case "debug" -> Level.FINE;
            case "trace" -> Level.FINER;
            default ->
                throw new IllegalArgumentException(
                        "level '%s', expected one of %s".formatted(word, String.join(", ", WORDS)));
        };
    }
}
