package dev.dray.domain.worker;

import dev.dray.domain.readiness.LogMarkers;
import dev.dray.domain.readiness.RunLog;
import dev.dray.domain.readiness.Sighting;
import dev.dray.port.inbound.ObserveModelLog;
import dev.dray.port.outbound.WorkerEvent.ModelLogNoted;
import dev.dray.port.outbound.WorkerEvents;
import java.util.List;

/// Reads one log of one model server, or of several that share it: then what it says holds for each of
/// them.
final class LogDesk implements ObserveModelLog {
    private final LogMarkers markers;
    private final WorkerEvents events;
    private final ReadinessDesk desk;
    private final List<ServerDesk> servers;

    // Guarded by the lock of the readiness side.
    private final RunLog log = new RunLog();

    LogDesk(WorkerPlan plan, WorkerEvents events, ReadinessDesk desk, List<ServerDesk> servers) {
        this.markers = new LogMarkers(plan.logRules());
        this.events = events;
        this.desk = desk;
        this.servers = List.copyOf(servers);
    }

    @Override
    public void runBegan(String source) {
        desk.unlessClosing(() -> {
            log.begin();
            servers.forEach(server -> server.runBegan(source));
        });
    }

    @Override
    public void line(LogLine line) {
        Sighting seen = markers.in(line.text());
        // Nearly all lines end here: no lock, no allocation.
        if (!seen.isNothing()) {
            desk.unlessClosing(() -> heard(line, seen));
        }
    }

    @Override
    public void caughtUp() {
        desk.unlessClosing(() -> act(log.caughtUp()));
    }

    private void heard(LogLine line, Sighting seen) {
        if (!line.backlog()) {
            // A source that goes on without a word has caught up all the same.
            act(log.caughtUp());
        }
        Sighting fresh = log.hear(line, seen);
        act(fresh);
        fresh.infos().forEach(marker -> desk.later(() -> events.accept(new ModelLogNoted(marker, line.text()))));
    }

    private void act(Sighting sighting) {
        if (sighting.isError()) {
            servers.forEach(server -> server.fail(sighting.error()));
        } else if (sighting.load()) {
            servers.forEach(ServerDesk::loaded);
        }
    }
}
