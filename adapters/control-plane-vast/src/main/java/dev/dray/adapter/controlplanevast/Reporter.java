package dev.dray.adapter.controlplanevast;

import dev.dray.adapter.controlplanevast.Conversation.Delivery;
import dev.dray.adapter.controlplanevast.StatusReport.Marks;
import dev.dray.adapter.controlplanevast.StatusReport.Reading;
import dev.dray.model.ReadinessState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Tells the platform how the worker is: at once when its readiness changes, soon when its load does, else now and
/// then.
///
/// Marks and times belong to the reporting thread, and after its end to the one that calls [#last(Duration)].
final class Reporter {
    private static final int MOST_KEPT = 20;

    private final VastSettings settings;
    private final Conversation conversation;
    private final Timekeeper time;
    private final Supplier<Reading> reading;
    private final Loop loop;

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
    Reporter(VastSettings settings, Supplier<Reading> reading, Conversation conversation, Timekeeper time) {
        this.settings = settings;
        this.conversation = conversation;
        this.time = time;
        this.reading = reading;
        this.acknowledged = Marks.start(reading.get().diskUsed());
        this.endedNanos = time.ticker().nanos() - time.pace().idle().toNanos();
        this.loop = new Loop("dray-reporter", this::waitNanos, this::report);
    }

    void start() {
        loop.start();
    }

    /// Readiness changed. Returns at once.
    void urgent() {
        urgent = true;
        loop.ring();
    }

    /// Load changed. Returns at once; called for every request, so it rings only the first time.
    void changed() {
        if (!changed) {
            changed = true;
            loop.ring();
        }
    }

    /// What became of the last reports, oldest first.
    List<ReportStatus> last() {
        return last;
    }

    PlatformStatus.Line line() {
        return conversation.line();
    }

    /// Ends the thread; a report in the air gets that long to arrive.
    void stop(Duration grace) {
        loop.stop(grace);
    }

    /// One more report, after [#stop(Duration)].
    void last(Duration timeOut) {
        settle(conversation.postOnce(this::compose, timeOut));
    }

    private long waitNanos() {
        Pace pace = time.pace();
        Duration gap = urgent ? pace.urgent() : changed || failed ? pace.changed() : pace.idle();
        return endedNanos + gap.toNanos() - time.ticker().nanos();
    }

    private void report() {
        failed = true;
        try {
            settle(conversation.post(this::compose));
        } finally {
            endedNanos = time.ticker().nanos();
        }
    }

    private StatusReport compose() {
        // INVARIANT: cleared before the worker is read, so that whatever changes after the reading is reported next.
        urgent = false;
        changed = false;
        Reading now = reading.get();
        told = now.readiness().state();
        return StatusReport.of(settings, now, acknowledged);
    }

    private void settle(Delivery<StatusReport> delivery) {
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
}
