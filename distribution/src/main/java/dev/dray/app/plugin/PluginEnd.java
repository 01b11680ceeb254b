package dev.dray.app.plugin;

import dev.dray.spi.Backend;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The end of a plugin: it is closed, whatever it throws and however long it takes, and what it leaves behind is named.
public final class PluginEnd {
    /// For what returns at once in a plugin that is well.
    static final Duration LIMIT = Duration.ofSeconds(5);

    private static final System.Logger LOG = System.getLogger(PluginEnd.class.getName());
    private static final int MOST_NAMED = 10;

    private PluginEnd() {}

    /// Closes a plugin's backend; it is not used any more.
    public static void of(PluginEntry plugin, Backend backend) {
        Containment.Result<Boolean> closed = Containment.within(LIMIT, "close", plugin.loader(), () -> {
            backend.close();
            return true;
        });
        if (closed instanceof Containment.Result.Threw<Boolean>(Throwable _, String reason)) {
            LOG.log(Level.WARNING, "plugin failed to close plugin={0} cause={1}", plugin.id(), reason);
        }
        List<Thread> left = left(plugin.loader());
        for (Thread thread : left.subList(0, Math.min(MOST_NAMED, left.size()))) {
            LOG.log(
                    Level.WARNING,
                    "plugin left a thread behind plugin={0} threads={1} name={2} daemon={3} at={4}",
                    plugin.id(),
                    left.size(),
                    thread.getName(),
                    thread.isDaemon(),
                    place(thread.getStackTrace(), plugin.loader()));
        }
    }

    /// Threads of a plugin that still live. Virtual ones cannot be listed, and keep nothing alive.
    private static List<Thread> left(ClassLoader loader) {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(entry -> entry.getKey() != Thread.currentThread())
                .filter(entry -> belongs(entry.getKey(), entry.getValue(), loader))
                .map(Map.Entry::getKey)
                .sorted(Comparator.comparing(Thread::getName))
                .toList();
    }

    // Started by the plugin, or of a class of its, or at work in its code.
    private static boolean belongs(Thread thread, StackTraceElement[] stack, ClassLoader loader) {
        return loader.equals(thread.getContextClassLoader())
                || loader.equals(thread.getClass().getClassLoader())
                || Arrays.stream(stack).anyMatch(frame -> isOf(frame, loader));
    }

    private static boolean isOf(StackTraceElement frame, ClassLoader loader) {
        return Objects.equals(frame.getClassLoaderName(), loader.getName());
    }

    private static String place(StackTraceElement[] stack, ClassLoader loader) {
        Optional<StackTraceElement> own =
                Arrays.stream(stack).filter(frame -> isOf(frame, loader)).findFirst();
        return own.or(() -> Arrays.stream(stack).findFirst())
                .map(StackTraceElement::toString)
                .orElse("");
    }
}
