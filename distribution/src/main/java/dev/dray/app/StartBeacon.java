package dev.dray.app;

import dev.dray.adapter.controlplanevast.StartFailureBeacon;
import dev.dray.app.config.Config;
import dev.dray.port.outbound.Ticker;
import java.time.Duration;

/// Tells the platform that this worker does not start, and why. The only reporter until the worker runs.
public final class StartBeacon {
    // The platform may be what is missing: nobody waits longer for it.
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private static final Ticker TICKER = System::nanoTime;

    private final Config.Platform platform;

    /// @param platform its container id is known
    StartBeacon(Config.Platform platform) {
        this.platform = platform;
    }

    /// Sends one report; returns when it is taken, or given up.
    ///
    /// @param failure for a person
    void send(String failure) {
        try (var beacon = new StartFailureBeacon(PlatformSide.identity(platform), TICKER)) {
            beacon.send(failure, LIMIT);
        }
    }
}
