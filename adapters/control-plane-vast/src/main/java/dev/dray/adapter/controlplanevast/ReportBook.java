package dev.dray.adapter.controlplanevast;

import dev.dray.adapter.controlplanevast.Conversation.Delivery;
import dev.dray.adapter.controlplanevast.StatusReport.Marks;
import dev.dray.adapter.controlplanevast.StatusReport.Reading;
import dev.dray.model.ReadinessState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What the platform has been told of the worker, and when it is to be told more: at once when the worker becomes ready
/// or is so no longer, soon when its load changes, else now and then.
///
/// The rules without the thread: whoever posts the reports asks here when the next one is due, has it composed for each
/// attempt, and settles what became of it. Marks and times belong to the one who posts; the rest is for any thread.
final class ReportBook {
    private static final int MOST_KEPT = 20;
    private static final Set<ReadinessState> ON_THE_WAY = EnumSet.of(
            ReadinessState.STARTING, ReadinessState.LOADING, ReadinessState.BENCHMARKING, ReadinessState.VERIFYING);

    private final VastSettings settings;
    private final Timekeeper time;
    private final Supplier<Reading> reading;
    private final Runnable ring;

    private Marks acknowledged;
    private long endedNanos;
    private boolean failed;
    private @Nullable Instant acknowledgedAt;
    private long failures;
    // The first report goes out at once.
    private volatile boolean urgent = true;
    private volatile boolean changed;
    private ReadinessState told = ReadinessState.STARTING;
    private volatile List<ReportStatus> last = List.of();

    /// @param reading reads worker and machine anew
    /// @param ring    the next report is due earlier than was said last
    ReportBook(VastSettings settings, Timekeeper time, Supplier<Reading> reading, Runnable ring) {
        this.settings = settings;
        this.time = time;
        this.reading = reading;
        this.ring = ring;
        this.acknowledged = Marks.start(reading.get().diskUsed());
        this.endedNanos = time.ticker().nanos() - time.pace().idle().toNanos();
    }

    /// Readiness changed. Returns at once.
    ///
    /// Steps on the way to readiness look alike to the platform: it hears of them with the next report that is due
    /// anyway. One of their own would only keep the news that the worker is ready waiting behind it.
    void moved(ReadinessState from, ReadinessState to) {
        if (!ON_THE_WAY.contains(from) || !ON_THE_WAY.contains(to)) {
            urgent();
        }
    }

    /// Who serves has changed. Returns at once.
    void urgent() {
        urgent = true;
        ring.run();
    }

    /// Load changed. Returns at once; called for every request, so it rings only the first time.
    void changed() {
        if (!changed) {
            changed = true;
            ring.run();
        }
    }

    /// What became of the last reports, oldest first.
    List<ReportStatus> last() {
        return last;
    }

    /// Time left until the next report; 0 or less means now.
    long waitNanos() {
        Pace pace = time.pace();
        Duration gap = urgent ? pace.urgent() : changed || failed ? pace.changed() : pace.idle();
        return endedNanos + gap.toNanos() - time.ticker().nanos();
    }

    /// The report of this moment; asked for at each attempt.
    StatusReport compose() {
        // INVARIANT: cleared before the worker is read, so that whatever changes after the reading is reported next.
        urgent = false;
        changed = false;
        Reading now = reading.get();
        told = now.readiness().state();
        return StatusReport.of(settings, now, acknowledged);
    }

    /// A report is about to be posted: it counts as failed until it is settled.
    void begin() {
        failed = true;
    }

    /// What became of the report: only what the platform acknowledged is subtracted from the next one.
    void settle(Delivery<StatusReport> delivery) {
        Instant now = time.clock().instant();
        failed = delivery.taken().isEmpty();
        if (failed) {
            failures++;
        } else {
            acknowledged = delivery.taken().get().marks();
            acknowledgedAt = now;
        }
        var kept = new ArrayList<>(last);
        if (kept.size() == MOST_KEPT) {
            kept.removeFirst();
        }
        kept.add(new ReportStatus(
                now,
                delivery.address(),
                delivery.failure().map(Endpoint::cause),
                Optional.ofNullable(acknowledgedAt),
                failures,
                told));
        last = List.copyOf(kept);
    }

    /// The attempt is over, settled or not; pauses count from here.
    void end() {
        endedNanos = time.ticker().nanos();
    }
}
