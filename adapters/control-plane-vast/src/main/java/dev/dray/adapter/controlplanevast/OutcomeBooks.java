package dev.dray.adapter.controlplanevast;

import dev.dray.port.outbound.OutcomeJournal;
import dev.dray.port.outbound.OutcomeJournal.Kept;
import dev.dray.port.outbound.OutcomeJournal.Recovered;
import dev.dray.port.outbound.WorkerEvent.RequestAdmitted;
import dev.dray.port.outbound.WorkerEvent.RequestRecord;
import dev.dray.port.outbound.WorkerEvent.SessionClosed;
import dev.dray.port.outbound.WorkerEvent.SessionOpened;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;

/// Turns what happens in the worker into what the platform is owed: one outcome per verified request and per session.
///
/// Called on the request's way: returns at once, waits for no disk. Any thread.
final class OutcomeBooks {
    private static final System.Logger LOG = System.getLogger(OutcomeBooks.class.getName());

    private static final Recovered NOTHING = new Recovered(List.of(), List.of(), 0);

    private final OutcomeJournal journal;
    private final OutcomesOwed owed;
    private final EpochClock clock;

    OutcomeBooks(OutcomeJournal journal, OutcomesOwed owed, EpochClock clock) {
        this.journal = journal;
        this.owed = owed;
        this.clock = clock;
    }

    /// Takes over what an earlier process still owed: its outcomes first, in order, then what was open when it ended,
    /// as errors.
    ///
    /// @return how many were lost
    long recover() {
        Recovered recovered = journal.recovered();
        long lost = recovered.unusable();
        for (Kept kept : recovered.outcomes()) {
            lost += takeOver(kept, RequestOutcome.parse(kept.text()), true);
        }
        for (Kept kept : recovered.open()) {
            Optional<RequestOutcome> error =
                    Admission.parse(kept.text()).map(admission -> admission.lost(clock.nowMicros()));
            lost += takeOver(kept, error, false);
        }
        if (!recovered.equals(NOTHING)) {
            LOG.log(
                    Level.INFO,
                    "outcomes of an earlier process are delivered ended={0} interrupted={1} lost={2}",
                    recovered.outcomes().size(),
                    recovered.open().size(),
                    lost);
        }
        return lost;
    }

    private int takeOver(Kept kept, Optional<RequestOutcome> outcome, boolean inJournal) {
        if (outcome.isEmpty()) {
            journal.settled(kept.number());
            return 1;
        }
        if (inJournal) {
            owed.restore(kept.number(), outcome.get());
        } else {
            owed.add(kept.number(), outcome.get());
        }
        return 0;
    }

    void admitted(RequestAdmitted admitted) {
        admitted.reference().flatMap(SessionReference::request).ifPresent(reference -> {
            var admission = new Admission(reference.requestIdxJson(), clock.nowMicros(), 0);
            journal.admitted(admitted.id().number(), admission.text());
        });
    }

    void ended(RequestRecord request) {
        RequestOutcome.of(request, clock)
                .ifPresent(outcome -> owed.add(request.id().number(), outcome));
    }

    void opened(SessionOpened opened) {
        SessionReference.request(opened.session().order().reference()).ifPresent(reference -> {
            long micros = clock.micros(opened.openedNanos());
            var admission = new Admission(reference.requestIdxJson(), micros, micros);
            journal.admitted(opened.id().number(), admission.text());
        });
    }

    void closed(SessionClosed closed) {
        RequestOutcome.of(closed, clock)
                .ifPresent(outcome -> owed.add(closed.id().number(), outcome));
    }
}
