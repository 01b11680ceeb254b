package dev.dray.adapter.controlplanevast;

import dev.dray.model.Readiness;
import dev.dray.port.outbound.OutcomeJournal;
import dev.dray.port.outbound.WorkerEvent;
import dev.dray.port.outbound.WorkerEvent.RequestRecord;
import java.util.Optional;
import java.util.function.Supplier;

/// Writes down what the worker's events mean for the platform: requests heard of, outcomes owed, a report due.
///
/// Called on the request's way: returns at once. Any thread.
final class EventBooks {
    private final RequestsHeard heard = new RequestsHeard();
    private final OutcomeBooks outcomes;
    private final boolean delivers;
    private final Supplier<Optional<ReportBook>> reports;

    /// @param delivers whether anybody takes outcomes
    /// @param reports  the book of reports, once the worker is there to be read
    EventBooks(
            OutcomeJournal journal,
            OutcomesOwed owed,
            Timekeeper time,
            boolean delivers,
            Supplier<Optional<ReportBook>> reports) {
        this.outcomes = new OutcomeBooks(journal, owed, new EpochClock(time.ticker(), time.clock()));
        this.delivers = delivers;
        this.reports = reports;
    }

    /// Takes over what an earlier process still owed.
    ///
    /// @return how many were lost
    long recover() {
        return delivers ? outcomes.recover() : 0;
    }

    /// Different requests since the start.
    long heard() {
        return heard.count();
    }

    void hear(WorkerEvent event) {
        switch (event) {
            case WorkerEvent.ReadinessChanged(Readiness from, Readiness to) ->
                reports.get().ifPresent(book -> book.moved(from.state(), to.state()));
            case WorkerEvent.ModelServersChanged _ -> reports.get().ifPresent(ReportBook::urgent);
            case WorkerEvent.RequestAdmitted admitted -> {
                heard.admitted(admitted);
                changed(() -> outcomes.admitted(admitted));
            }
            case WorkerEvent.RequestEnded(RequestRecord request) -> {
                // What did not verify leaves no trace: no outcome, and no report because of it.
                if (request.outcome().known()) {
                    heard.ended(request);
                    changed(() -> outcomes.ended(request));
                }
            }
            case WorkerEvent.SessionOpened opened -> {
                heard.opened(opened);
                changed(() -> outcomes.opened(opened));
            }
            case WorkerEvent.SessionClosed closing -> changed(() -> outcomes.closed(closing));
            // Its result is told with the readiness it leads to.
            case WorkerEvent.BenchmarkEnded _,
                    WorkerEvent.RequestStarted _,
                    WorkerEvent.BenchmarkProgress _,
                    WorkerEvent.ModelLogNoted _,
                    WorkerEvent.PluginWrittenOff _ -> {}
        }
    }

    private void changed(Runnable entry) {
        reports.get().ifPresent(ReportBook::changed);
        if (delivers) {
            entry.run();
        }
    }
}
