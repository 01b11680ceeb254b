package dev.dray.app.plugin;

import dev.dray.port.inbound.CloseSessions;
import dev.dray.spi.WorkerSessions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The worker's sessions as plugins see them: they get them before there is a worker. Thread-safe.
public final class LentSessions implements WorkerSessions {
    private final AtomicReference<@Nullable CloseSessions> worker = new AtomicReference<>();

    /// There is a worker now.
    public void of(CloseSessions started) {
        worker.set(started);
    }

    @Override
    public Optional<List<String>> closeAll() {
        return Optional.ofNullable(worker.get()).map(CloseSessions::closeSessions);
    }
}
