package dev.dray.adapter.controlplanevast;

import dev.dray.adapter.controlplanevast.Conversation.Delivery;
import dev.dray.port.outbound.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// Tells the platform that the worker cannot start: a report from a worker that never did anything. Used by one thread
/// at a time.
public final class StartFailureBeacon implements AutoCloseable {
    private final VastSettings settings;
    private final PlatformClient client;
    private final Conversation conversation;

    /// @param settings with an empty `ownUrl` where it is not known
    public StartFailureBeacon(VastSettings settings, Ticker ticker) {
        this.settings = settings;
        this.client = new PlatformClient(Pace.PLATFORM.timeOut());
        this.conversation = new Conversation(
                settings.addresses(),
                "/worker_status/",
                client,
                // Such a report carries no time of day.
                new Timekeeper(ticker, InstantSource.fixed(Instant.EPOCH), Pace.PLATFORM));
    }

    /// Sends one report to the first address that takes it; each is asked once, and all share the time.
    ///
    /// @param errorText why, for a person; told as `Worker Server failed to launch: <errorText>`
    /// @return whether one took it
    public boolean send(String errorText, Duration limit) {
        StatusReport report = StatusReport.startFailure(settings, "Worker Server failed to launch: " + errorText);
        Delivery<StatusReport> delivery = conversation.postOnce(() -> report, limit);
        return delivery.taken().isPresent();
    }

    @Override
    public void close() {
        client.close();
    }
}
