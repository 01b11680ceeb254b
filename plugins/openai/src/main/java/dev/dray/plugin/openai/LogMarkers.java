package dev.dray.plugin.openai;

import dev.dray.spi.LogRules;
import dev.dray.spi.PluginContext;
import java.util.List;

/// Lays the marker variables over an engine's own markers.
final class LogMarkers {
    private static final String ON_LOAD = "MODEL_LOAD_LOG_MSG";

    private LogMarkers() {}

    static LogRules read(LogRules defaults, PluginContext context) {
        var rules = new LogRules(
                markers(context, ON_LOAD, defaults.onLoad()),
                markers(context, "MODEL_ERROR_LOG_MSGS", defaults.onError()),
                markers(context, "MODEL_INFO_LOG_MSGS", defaults.onInfo()));
        if (rules.onLoad().isEmpty()) {
            context.warning("%s holds only blanks: no log line means 'loaded', unless log-actions.on-load names one"
                    .formatted(ON_LOAD));
        }
        return rules;
    }

    // Not set or empty: the engine's own. Only blanks: none at all. Else one marker a line.
    private static List<String> markers(PluginContext context, String variable, List<String> defaults) {
        return context.environment(variable)
                .filter(value -> !value.isEmpty())
                .map(value -> Variables.parts(value, "\n"))
                .orElse(defaults);
    }
}
