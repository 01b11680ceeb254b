package dev.dray.plugin.openai;

import dev.dray.spi.PluginContext;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// How the family reads environment variables: trimmed, and a blank one counts as not set.
final class Variables {
    private Variables() {}

    /// The value without the white space around it; empty where there is nothing else.
    static Optional<String> notBlank(PluginContext context, String name) {
        return context.environment(name).map(String::strip).filter(value -> !value.isEmpty());
    }

    /// The parts of a list, trimmed, blank ones dropped.
    static List<String> parts(String list, String separator) {
        return Arrays.stream(list.split(separator, -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }
}
