package dev.dray.adapter.controlplanevast;

import dev.dray.adapter.controlplanevast.Conversation.Delivery;
import dev.dray.adapter.controlplanevast.OutcomeQueue.Batch;
import dev.dray.port.outbound.OutcomeJournal;
import dev.dray.port.outbound.Ticker;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.Function;

/// Tells the platform what became of each request: in order, at least once, kept until acknowledged.
final class OutcomeDelivery {
    private static final System.Logger LOG = System.getLogger(OutcomeDelivery.class.getName());
    // About 1.6 MB of JSON.
    private static final int BATCH = 10_000;
    private static final long NOTHING_TO_DO = Duration.ofHours(1).toNanos();

    private final VastSettings settings;
    private final Conversation conversation;
    private final Ticker ticker;
    private final Pace pace;
    private final OutcomeQueue queue;
    private final Loop loop;
    private long endedNanos;

    OutcomeDelivery(VastSettings settings, Conversation conversation, OutcomeJournal journal, Timekeeper time) {
        this.settings = settings;
        this.conversation = conversation;
        this.queue = new OutcomeQueue(OutcomeJournal.MAX_KEPT, journal);
        this.ticker = time.ticker();
        this.pace = time.pace();
        this.endedNanos = ticker.nanos() - pace.changed().toNanos();
        this.loop = new Loop("dray-outcomes", this::waitNanos, this::deliver);
    }

    void start() {
        loop.start();
    }

    /// Takes an outcome. Returns at once.
    ///
    /// @param number of its admission
    void add(long number, RequestOutcome outcome) {
        int waiting = queue.add(number, outcome);
        if (waiting == 1) {
            loop.ring();
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

    /// Ends the thread; a batch in the air gets that long to arrive.
    void stop(Duration grace) {
        loop.stop(grace);
    }

    /// Delivers what is left, after [#stop(Duration)], until the time is up or the platform does not answer.
    void last(Duration limit) {
        long start = ticker.nanos();
        Duration left = limit;
        while (queue.size() > 0 && left.isPositive()) {
            Duration timeOut = left;
            if (!send(queue.head(BATCH), message -> conversation.postOnce(() -> message, timeOut))) {
                return;
            }
            left = limit.minusNanos(ticker.nanos() - start);
        }
    }

    PlatformStatus.Line line() {
        return conversation.line();
    }

    // Whether the whole batch is off our hands.
    private boolean send(Batch batch, Function<DeleteRequests, Delivery<DeleteRequests>> post) {
        for (DeleteRequests message : DeleteRequests.of(settings, batch)) {
            if (!settle(message.batch(), post.apply(message))) {
                return false;
            }
        }
        return true;
    }

    private long waitNanos() {
        if (queue.size() == 0) {
            return NOTHING_TO_DO;
        }
        return endedNanos + pace.changed().toNanos() - ticker.nanos();
    }

    private void deliver() {
        try {
            // A platform that was down for long is caught up with at once.
            do {
                if (!send(queue.head(BATCH), message -> conversation.post(() -> message))) {
                    return;
                }
            } while (queue.size() >= BATCH);
        } finally {
            endedNanos = ticker.nanos();
        }
    }

    private boolean settle(Batch batch, Delivery<DeleteRequests> delivery) {
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
}
