package dev.dray.app;

import dev.dray.app.config.Config;

/// Tells the platform that this worker does not start, and why. The only reporter until the worker runs.
public final class StartBeacon {
    private static final System.Logger LOG = System.getLogger(StartBeacon.class.getName());

    private final Config.Platform platform;

    StartBeacon(Config.Platform platform) {
        this.platform = platform;
    }

    /// Sends one report; returns when it is taken, or given up.
    ///
    /// @param failure for a person
    void send(String failure) {
        LOG.log(System.Logger.Level.ERROR, () -> "not started platform=%s cause=\"%s\"".formatted(platform, failure));
    }
}
