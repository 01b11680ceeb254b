package dev.dray.domain.worker;

import dev.dray.domain.ledger.Ledger;
import dev.dray.domain.workload.Workload;
import dev.dray.model.PlatformReference;
import dev.dray.port.inbound.ReadWorker.LoadSnapshot;
import java.util.List;

/// Reads the books out. Called under the worker's lock.
final class LoadReading {
    private LoadReading() {}

    /// What runs or waits inside sessions is in flight or queued, but its units are the session's, so
    /// they do not count as current. A session counts until its callback came back, as its units do.
    static LoadSnapshot of(Ledger ledger, int held, List<PlatformReference> working, Standing standing) {
        Workload units = ledger.workload();
        double waiting = units.waiting().units();
        double reserved = units.reserved().units();
        return new LoadSnapshot(
                units.received().units(),
                units.served().units(),
                units.errored().units(),
                units.cancelled().units(),
                units.shed().units() + units.expelled().units(),
                ledger.requestsReceived(),
                units.running().units() + waiting + reserved,
                waiting,
                reserved,
                (int) (units.running().requests() + units.insideRunning().requests()),
                (int) (units.waiting().requests() + units.insideWaiting().requests()),
                held,
                (int) units.reserved().requests(),
                working,
                standing.capacityUnitsPerSecond(),
                standing.loadTime());
    }
}
