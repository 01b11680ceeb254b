package dev.dray.app;

import dev.dray.adapter.controlplanevast.DeleteFormat;
import dev.dray.adapter.controlplanevast.PlainProtocol;
import dev.dray.adapter.controlplanevast.VastControlPlane;
import dev.dray.adapter.controlplanevast.VastSettings;
import dev.dray.adapter.statefiles.FileOutcomeJournal;
import dev.dray.app.config.Config;
import dev.dray.port.inbound.ReadWorker;
import dev.dray.port.outbound.PlatformProtocol;
import dev.dray.port.outbound.WorkerEvents;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The worker's side towards the platform, or towards none.
///
/// @param protocol how requests are wrapped, signed and refused
/// @param vast     reports to the platform; empty where there is none
record PlatformSide(PlatformProtocol protocol, Optional<VastControlPlane> vast) implements AutoCloseable {
    /// @param statePrefix names this worker's files in the state folder
    static PlatformSide of(Config config, String statePrefix, RealTime time) {
        if (config.platform().isEmpty()) {
            return new PlatformSide(new PlainProtocol(config.security().apiKeys()), Optional.empty());
        }
        Config.Platform platform = config.platform().get();
        var journal = new FileOutcomeJournal(
                config.stateDir(), statePrefix, platform.containerId().orElseThrow(), time.clock());
        var settings = settings(platform, config.security(), config.worker().updateFile());
        var vast = new VastControlPlane(settings, journal, time, time.clock());
        return new PlatformSide(vast.protocol(), Optional.of(vast));
    }

    /// Enough to tell the platform that this worker does not start.
    ///
    /// @param platform its container id is known
    static VastSettings identity(Config.Platform platform) {
        var nobody = new Config.Security(false, false, true, false, List.of());
        return settings(platform, nobody, Path.of(""));
    }

    private static VastSettings settings(Config.Platform platform, Config.Security security, Path updateFile) {
        return new VastSettings(
                platform.reportAddresses().stream().map(URI::toString).toList(),
                platform.containerId().orElseThrow(),
                platform.masterToken(),
                security.unsecured(),
                platform.publicUrl().map(URI::toString).orElse(""),
                security.requireOwnUrl(),
                security.signedSessions(),
                updateFile,
                switch (platform.deleteFormat()) {
                    case RECORDS -> DeleteFormat.RECORDS;
                    case LISTS -> DeleteFormat.LISTS;
                },
                platform.version());
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
