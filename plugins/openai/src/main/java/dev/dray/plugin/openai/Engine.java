package dev.dray.plugin.openai;

import dev.dray.spi.LogRules;
import java.util.List;

/// What sets one engine of the family apart from the others: its log. Address, health path and routes are the same.
///
/// @param logFile  where the platform's image lets it write its log
/// @param logRules what its lines mean
record Engine(String logFile, LogRules logRules) {
    /// A line of the download that every engine logs, as JSON: the quotes belong to it.
    private static final List<String> DOWNLOAD = List.of("\"message\":\"Download");

    static final Engine VLLM = new Engine(
            "/var/log/portal/vllm.log",
            new LogRules(
                    List.of("Application startup complete."),
                    List.of("INFO exited: vllm", "RuntimeError: Engine", "Traceback (most recent call last):"),
                    DOWNLOAD));
}
