package dev.dray.adapter.controlplanevast;

import dev.dray.adapter.controlplanevast.Conversation.Delivery;
import dev.dray.port.outbound.OutcomeJournal;
import dev.dray.port.outbound.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/// The thread that tells the platform what became of each request, as [OutcomesOwed] says.
final class OutcomeDelivery {
    private final Conversation conversation;
    private final Ticker ticker;
    private final OutcomesOwed owed;
    private final Loop loop;

    OutcomeDelivery(VastSettings settings, Conversation conversation, OutcomeJournal journal, Timekeeper time) {
        this.conversation = conversation;
        this.ticker = time.ticker();
        this.owed = new OutcomesOwed(settings, journal, time, this::ring);
        this.loop = new Loop("dray-outcomes", owed::waitNanos, this::deliver);
    }

    /// What is still to be told.
    OutcomesOwed owed() {
        return owed;
    }

    void start() {
        loop.start();
    }

    /// Ends the thread; a batch in the air gets that long to arrive.
    void stop(Duration grace) {
        loop.stop(grace);
    }

    /// Delivers what is left, after [#stop(Duration)], until the time is up or the platform does not answer.
    void last(Duration limit) {
        long start = ticker.nanos();
        Duration left = limit;
        while (owed.waiting() > 0 && left.isPositive()) {
            Duration timeOut = left;
            if (!send(owed.head(), message -> conversation.postOnce(() -> message, timeOut))) {
                return;
            }
            left = limit.minusNanos(ticker.nanos() - start);
        }
    }

    PlatformStatus.Line line() {
        return conversation.line();
    }

    // Whether all of them are off our hands.
    private boolean send(List<DeleteRequests> messages, Function<DeleteRequests, Delivery<DeleteRequests>> post) {
        for (DeleteRequests message : messages) {
            if (!owed.settle(message, post.apply(message))) {
                return false;
            }
        }
        return true;
    }

    private void ring() {
        loop.ring();
    }

    private void deliver() {
        try {
            // A platform that was down for long is caught up with at once.
            do {
                if (!send(owed.head(), message -> conversation.post(() -> message))) {
                    return;
                }
            } while (owed.isLong());
        } finally {
            owed.end();
        }
    }
}
