package dev.dray.adapter.controlplanevast;

import dev.dray.adapter.controlplanevast.Conversation.Message;
import dev.dray.model.Readiness;
import dev.dray.model.ReadinessState;
import dev.dray.port.inbound.ReadWorker.LoadSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/// One `/worker_status/` report: the worker at one moment, and what happened since the last acknowledged one.
///
/// @param json  the text posted
/// @param marks where the counters stood; acknowledged together with the report
record StatusReport(String json, Marks marks) implements Message {
    private static final double GIB = 1L << 30;
    private static final LoadSnapshot NOTHING = new LoadSnapshot(
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, List.of(), OptionalDouble.empty(), Optional.empty());

    /// What a report is made of.
    ///
    /// @param requestsHeard different requests since the start
    /// @param diskUsed      bytes in use on `/`
    record Reading(Readiness readiness, LoadSnapshot load, long requestsHeard, long diskUsed) {}

    /// @param acknowledged marks of the last report the platform took
    static StatusReport of(VastSettings settings, Reading reading, Marks acknowledged) {
        Readiness readiness = reading.readiness();
        LoadSnapshot load = reading.load();
        Marks marks = acknowledged.advance(load, reading.diskUsed());
        List<String> working = load.working().stream()
                .flatMap(reference -> SessionReference.request(reference).stream())
                .filter(VastReference::isGenuine)
                .map(VastReference::requestIdxJson)
                .toList();
        String json = new Fields()
                .add("id", Long.toString(settings.containerId()))
                .add("mtoken", PythonJson.quote(settings.masterToken()))
                .add("version", PythonJson.quote(settings.version()))
                .add("loadtime", load.loadTime().map(StatusReport::seconds).orElse(0.0))
                .add("cur_load", load.currentUnits())
                .add("rej_load", marks.rejected() - acknowledged.rejected())
                .add("new_load", marks.taken() - acknowledged.taken())
                .add("error_msg", PythonJson.quote(readiness.isFaulty() ? readiness.reason() : ""))
                // A capacity that is pinned, or kept from before, is none before the model server is there.
                .add(
                        "max_perf",
                        load.loadTime().isEmpty()
                                ? 0
                                : load.capacityUnitsPerSecond().orElse(0.0))
                .add("cur_perf", marks.served() - acknowledged.served())
                .add("cur_capacity", "0")
                .add("max_capacity", "0")
                .add("num_requests_working", Integer.toString(load.working().size()))
                .add("num_requests_recieved", Long.toString(reading.requestsHeard()))
                .add("additional_disk_usage", (marks.diskUsed() - acknowledged.diskUsed()) / GIB)
                .add("working_request_idxs", working.stream().collect(Collectors.joining(", ", "[", "]")))
                .add("url", PythonJson.quote(settings.ownUrl()))
                .print();
        return new StatusReport(json, marks);
    }

    /// The report of a worker that could not start.
    static StatusReport startFailure(VastSettings settings, String error) {
        var readiness = new Readiness(ReadinessState.FAILED, Instant.EPOCH, error);
        return of(settings, new Reading(readiness, NOTHING, 0, 0), Marks.start(0));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    /// Where the counters stood in a report.
    ///
    /// @param taken    largest value so far of units received minus units cancelled. A cancellation reported later
    ///     than its admission makes the difference fall; the platform takes no negative load, so the fall is set
    ///     off against what is admitted next, not lost
    /// @param served   units served
    /// @param rejected units rejected
    /// @param diskUsed bytes in use on `/`
    record Marks(double taken, double served, double rejected, long diskUsed) {
        static Marks start(long diskUsed) {
            return new Marks(0, 0, 0, diskUsed);
        }

        Marks advance(LoadSnapshot load, long diskNow) {
            return new Marks(
                    Math.max(taken, load.receivedUnits() - load.cancelledUnits()),
                    load.servedUnits(),
                    load.rejectedUnits(),
                    diskNow);
        }
    }

    private static final class Fields {
        private final StringBuilder json = new StringBuilder(512).append('{');

        Fields add(String name, String value) {
            json.append(json.length() == 1 ? "\"" : ", \"")
                    .append(name)
                    .append("\": ")
                    .append(value);
            return this;
        }

        // A number that is none would make the platform refuse the whole report.
        Fields add(String name, double value) {
            return add(name, PythonJson.number(Double.isFinite(value) ? value : 0));
        }

        String print() {
            return json.append('}').toString();
        }
    }
}
