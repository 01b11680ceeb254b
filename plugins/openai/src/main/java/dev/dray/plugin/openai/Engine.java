package dev.dray.plugin.openai;

import dev.dray.spi.LogRules;
import java.util.List;

/// What sets one engine of the family apart from the others: its log. Address, health path and routes
/// are the same.
///
/// @param logFile  where the platform's image lets it write its log
/// @param logRules what its lines mean
record Engine(String logFile, LogRules logRules) {
    /// A line of the download that every engine logs, as JSON: the quotes belong to it.
    private static final List<String> DOWNLOAD = List.of("\"message\":\"Download");

    private static final String TRACEBACK = "Traceback (most recent call last):";

    static final Engine VLLM = new Engine(
            "/var/log/portal/vllm.log",
            new LogRules(
                    List.of("Application startup complete."),
                    List.of("INFO exited: vllm", "RuntimeError: Engine", TRACEBACK),
                    DOWNLOAD));

    static final Engine SGLANG = new Engine(
            "/var/log/portal/sglang.log",
            new LogRules(
                    List.of("The server is fired up and ready to roll!"),
                    List.of("INFO exited: sglang", TRACEBACK),
                    DOWNLOAD));

    /// "model loaded" comes after the health URL has turned good; "listening on" while it still says
    /// 503.
    static final Engine LLAMA = new Engine(
            "/var/log/portal/llama.log",
            new LogRules(
                    List.of("model loaded"),
                    List.of("INFO exited: llama", "error loading model", "failed to load model"),
                    DOWNLOAD));
}
