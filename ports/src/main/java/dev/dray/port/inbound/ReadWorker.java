package dev.dray.port.inbound;

import dev.dray.model.BenchmarkResult;
import dev.dray.model.PlatformReference;
import dev.dray.model.Readiness;
import dev.dray.model.ReadinessState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// Answers what the worker is doing now.
public interface ReadWorker {
    /// The readiness state with its reason.
    Readiness readiness();

    /// All counters and gauges, taken together at one moment.
    LoadSnapshot load();

    /// The benchmark that gave the capacity; empty before there is one, and where the capacity is pinned.
    Optional<BenchmarkResult> benchmark();

    /// The model servers, in the order of the worker's plan; one or more.
    List<ServerSnapshot> servers();

    /// One model server at this moment.
    ///
    /// @param readiness as if the worker had this one alone; while the worker drains it stays as it was
    /// @param running   requests it works on now
    record ServerSnapshot(Readiness readiness, int running) {
        /// Whether it takes new requests.
        public boolean serves() {
            return readiness.state() == ReadinessState.READY;
        }
    }

    /// Counters since the start of the process (they only grow) and gauges of this moment. Units are workload units.
    ///
    /// @param receivedUnits    admitted, queued ones and sessions included
    /// @param servedUnits      ended [dev.dray.model.Outcome#SERVED]
    /// @param erroredUnits     ended [dev.dray.model.Outcome#ERRORED]
    /// @param cancelledUnits   ended [dev.dray.model.Outcome#CANCELLED]
    /// @param rejectedUnits    ended [dev.dray.model.Outcome#REJECTED] because the queue was too long or full, or
    ///     expelled
    /// @param requestsReceived verified requests, admitted or rejected; not those inside sessions
    /// @param currentUnits     running, queued and reserved now; requests inside sessions do not count
    /// @param waitingUnits     of these: queued
    /// @param reservedUnits    of these: reserved by sessions
    /// @param inFlight         requests running now, those inside sessions included
    /// @param queued           requests queued now, those inside sessions included
    /// @param held             requests that wait for the first READY
    /// @param sessions         open sessions
    /// @param working          platform references of running and queued requests and of open sessions, in order of
    ///     arrival; not those inside sessions
    /// @param capacityUnitsPerSecond measured or pinned; empty while unknown
    /// @param loadTime         from the start of the worker to the latest READY after loading; empty before
    record LoadSnapshot(
            double receivedUnits,
            double servedUnits,
            double erroredUnits,
            double cancelledUnits,
            double rejectedUnits,
            long requestsReceived,
            double currentUnits,
            double waitingUnits,
            double reservedUnits,
            int inFlight,
            int queued,
            int held,
            int sessions,
            List<PlatformReference> working,
            OptionalDouble capacityUnitsPerSecond,
            Optional<Duration> loadTime) {
        public LoadSnapshot {
            working = List.copyOf(working);
        }
    }
}
