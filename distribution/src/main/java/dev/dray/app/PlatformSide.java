package dev.dray.app;

import dev.dray.adapter.controlplanevast.PlainProtocol;
import dev.dray.adapter.controlplanevast.VastControlPlane;
import dev.dray.adapter.controlplanevast.VastSettings;
import dev.dray.app.config.Config;
import dev.dray.port.inbound.ReadWorker;
import dev.dray.port.outbound.PlatformProtocol;
import dev.dray.port.outbound.WorkerEvents;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The worker's side towards the platform, or towards none.
///
/// @param protocol how requests are wrapped, signed and refused
/// @param vast     reports to the platform; empty where there is none
record PlatformSide(PlatformProtocol protocol, Optional<VastControlPlane> vast) implements AutoCloseable {
    static PlatformSide of(Config config, RealTime time) {
        if (config.platform().isEmpty()) {
            return new PlatformSide(new PlainProtocol(config.security().apiKeys()), Optional.empty());
        }
        Config.Platform platform = config.platform().get();
        var settings = new VastSettings(
                platform.reportAddresses().stream().map(PlatformSide::withoutSlash).toList(),
                platform.containerId().orElseThrow(),
                platform.masterToken(),
                config.security().unsecured(),
                platform.publicUrl().orElseThrow().toString(),
                config.security().requireOwnUrl(),
                platform.version());
        var vast = new VastControlPlane(settings, time, time.clock());
        return new PlatformSide(vast.protocol(), Optional.of(vast));
    }

    // The platform's paths begin with one of their own.
    private static String withoutSlash(URI address) {
        return address.toString().replaceFirst("/+$", "");
    }

    List<WorkerEvents> listeners() {
        return vast.map(VastControlPlane::events).stream().toList();
    }

    void start(ReadWorker worker) {
        vast.ifPresent(plane -> plane.start(worker));
    }

    /// Delivers the last report and outcomes, as far as the platform takes them in time.
    void finish(Duration limit) {
        vast.ifPresent(plane -> plane.finish(limit));
    }

    @Override
    public void close() {
        vast.ifPresent(VastControlPlane::close);
    }
}
