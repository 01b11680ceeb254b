package dev.dray.app.demo;

import java.time.Duration;

/// How the demo model server behaves.
///
/// @param tokensPerSecond tokens per second of one stream; more than 0
/// @param firstToken      time from the start of generation to the first token
/// @param loadTime        time from the start of the process to the load marker in the log
/// @param slots           requests generated at once; 0: as many as come, 1: serial
/// @param errorEvery      every n-th request is answered 500; 0: none
/// @param crashAfter      the process crashes, with a traceback in its log, when this many requests have come; 0: never
public record ModelServerScript(
        double tokensPerSecond, Duration firstToken, Duration loadTime, int slots, int errorEvery, int crashAfter) {
    public ModelServerScript {
        if (!(tokensPerSecond > 0)) {
            throw new IllegalArgumentException("tokens per second must be more than 0, got " + tokensPerSecond);
        }
        if (slots < 0 || errorEvery < 0 || crashAfter < 0) {
            throw new IllegalArgumentException("slots, error-every and crash-after must be 0 or more, got %d, %d, %d"
                    .formatted(slots, errorEvery, crashAfter));
        }
    }

    /// Pause between two tokens.
    long tokenNanos() {
        return Math.round(1e9 / tokensPerSecond);
    }
}
