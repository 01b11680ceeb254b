package dev.dray.app.simulate;

import dev.dray.model.Outcome;
import dev.dray.port.inbound.ReadWorker.LoadSnapshot;
import dev.dray.port.outbound.WorkerEvent.RequestRecord;
import java.util.EnumMap;
import java.util.Map;

/// Requests and workload units counted from the events alone. All units of a history are whole numbers, so that sums
/// are exact and may be compared as they are.
final class Tallies {
    private static final int TOO_MANY = 429;

    private final Map<Outcome, Double> units = new EnumMap<>(Outcome.class);
    private double received;
    private double inside;
    private double opened;
    private double closed;
    private double shed;
    private double abandoned;
    private long admittedNow;
    private long outsideNow;
    private long sessionsNow;
    private long requests;

    void admitted(Client.Standing request) {
        received += request.units;
        admittedNow++;
        if (request.owed) {
            requests++;
            outsideNow++;
        } else {
            inside += request.units;
        }
    }

    void ended(Client.Standing request, Outcome outcome) {
        admittedNow--;
        if (request.owed) {
            outsideNow--;
        } else {
            inside -= request.units;
        }
        if (outcome == Outcome.REJECTED) {
            abandoned += request.units;
        } else {
            units.merge(outcome, request.units, Double::sum);
        }
    }

    void turnedAway(RequestRecord request) {
        if (request.reference().isPresent()) {
            requests++;
        }
        if (request.outcome() == Outcome.REJECTED && request.status() == TOO_MANY) {
            shed += request.units();
        }
    }

    void opened(double more) {
        opened += more;
        sessionsNow++;
        requests++;
    }

    void closed(double less) {
        closed += less;
        sessionsNow--;
    }

    void check(LoadSnapshot load, Promises promises) {
        check(
                (double) load.inFlight() + load.queued(),
                (double) admittedNow,
                "requests in flight",
                Promises.BALANCE,
                promises);
        check(load.working().size(), (double) outsideNow + sessionsNow, "requests working", Promises.BALANCE, promises);
        check(load.sessions(), (double) sessionsNow, "sessions", Promises.BALANCE, promises);
        check((double) load.requestsReceived(), (double) requests, "requests received", Promises.BALANCE, promises);
        check(load.receivedUnits(), received + opened, "units received", Promises.UNITS, promises);
        check(load.reservedUnits(), opened - closed, "units reserved", Promises.UNITS, promises);
        check(load.servedUnits(), of(Outcome.SERVED) + closed, "units served", Promises.UNITS, promises);
        check(load.erroredUnits(), of(Outcome.ERRORED), "units errored", Promises.UNITS, promises);
        check(load.cancelledUnits(), of(Outcome.CANCELLED), "units cancelled", Promises.UNITS, promises);
        double expelled = of(Outcome.EXPELLED);
        check(load.rejectedUnits(), shed + expelled, "units rejected", Promises.UNITS, promises);
        double ended = load.servedUnits() + load.erroredUnits() + load.cancelledUnits() + expelled + abandoned;
        check(load.receivedUnits(), ended + load.currentUnits() + inside, "units in and out", Promises.UNITS, promises);
    }

    private double of(Outcome outcome) {
        return units.getOrDefault(outcome, 0.0);
    }

    // No text is made while all is well: this runs a dozen times after every event.
    private static void check(double worker, double expected, String what, String promise, Promises promises) {
        if (worker != expected) {
            promises.broken(
                    promise, "%s: the worker says %s, what was told adds up to %s".formatted(what, worker, expected));
        }
    }
}
