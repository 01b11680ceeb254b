package dev.dray.adapter.controlplanevast;

import dev.dray.adapter.controlplanevast.Conversation.Delivery;
import dev.dray.adapter.controlplanevast.OutcomeQueue.Batch;
import dev.dray.port.outbound.OutcomeJournal;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;

/// The outcomes the platform is still owed: in order, at least once, kept until acknowledged.
///
/// The rules without the thread: whoever delivers asks here when and what, and settles what became of it. Outcomes may
/// be added by any thread; times belong to the one who delivers.
final class OutcomesOwed {
    private static final System.Logger LOG = System.getLogger(OutcomesOwed.class.getName());
    // About 1.6 MB of JSON.
    private static final int BATCH = 10_000;
    private static final long NOTHING_TO_DO = Duration.ofHours(1).toNanos();

    private final VastSettings settings;
    private final Timekeeper time;
    private final OutcomeQueue queue;
    private final Runnable ring;
    private long endedNanos;

    /// @param ring there is something to deliver, and there was nothing before
    OutcomesOwed(VastSettings settings, OutcomeJournal journal, Timekeeper time, Runnable ring) {
        this.settings = settings;
        this.time = time;
        this.queue = new OutcomeQueue(OutcomeJournal.MAX_KEPT, journal);
        this.ring = ring;
        this.endedNanos = time.ticker().nanos() - time.pace().changed().toNanos();
    }

    /// Takes an outcome. Returns at once.
    ///
    /// @param number of its admission
    void add(long number, RequestOutcome outcome) {
        int waiting = queue.add(number, outcome);
        if (waiting == 1) {
            ring.run();
        } else if (waiting == OutcomeJournal.MAX_KEPT && queue.dropped() == 1) {
            LOG.log(
                    Level.WARNING,
                    "outcomes are dropped, oldest first limit={0} hint={1}",
                    OutcomeJournal.MAX_KEPT,
                    "the platform takes none; check REPORT_ADDR");
        }
    }

    /// Takes an outcome that the journal has kept, before the start.
    void restore(long number, RequestOutcome outcome) {
        queue.restore(number, outcome);
    }

    int waiting() {
        return queue.size();
    }

    long dropped() {
        return queue.dropped();
    }

    /// Time left until the next delivery; 0 or less means now.
    long waitNanos() {
        if (queue.size() == 0) {
            return NOTHING_TO_DO;
        }
        return endedNanos + time.pace().changed().toNanos() - time.ticker().nanos();
    }

    /// The messages that tell of the oldest ones, in the order to send them. One that is not settled keeps back the
    /// others.
    List<DeleteRequests> head() {
        return DeleteRequests.of(settings, queue.head(BATCH));
    }

    /// Whether so many are left that nobody should pause.
    boolean isLong() {
        return queue.size() >= BATCH;
    }

    /// What became of a message.
    ///
    /// @return whether its outcomes are off our hands
    boolean settle(DeleteRequests message, Delivery<DeleteRequests> delivery) {
        Batch batch = message.batch();
        if (delivery.taken().isPresent()) {
            queue.remove(batch);
            return true;
        }
        // A request_idx the platform never made is the client's invention; it must not hold up the others.
        if (delivery.isRefused() && !batch.isGenuine()) {
            LOG.log(
                    Level.WARNING,
                    "outcomes dropped, request_idx is no integer count={0}",
                    batch.owed().size());
            queue.remove(batch);
            return true;
        }
        return false;
    }

    /// The attempt is over; pauses count from here.
    void end() {
        endedNanos = time.ticker().nanos();
    }
}
