package dev.dray.adapter.controlplanevast;

import dev.dray.adapter.controlplanevast.Conversation.Delivery;
import dev.dray.adapter.controlplanevast.Conversation.Message;
import dev.dray.adapter.controlplanevast.OutcomeQueue.Batch;
import dev.dray.port.outbound.Ticker;
import java.lang.System.Logger.Level;
import java.time.Duration;

/// Tells the platform what became of each request: in order, at least once, kept until acknowledged.
final class OutcomeDelivery {
    private static final System.Logger LOG = System.getLogger(OutcomeDelivery.class.getName());
    private static final int CAPACITY = 100_000;
    // About 1.6 MB of JSON.
    private static final int BATCH = 10_000;
    private static final long NOTHING_TO_DO = Duration.ofHours(1).toNanos();

    private final VastSettings settings;
    private final Conversation conversation;
    private final Ticker ticker;
    private final Pace pace;
    private final OutcomeQueue queue = new OutcomeQueue(CAPACITY);
    private final Loop loop;
    private long endedNanos;

    OutcomeDelivery(VastSettings settings, Conversation conversation, Ticker ticker, Pace pace) {
        this.settings = settings;
        this.conversation = conversation;
        this.ticker = ticker;
        this.pace = pace;
        this.endedNanos = ticker.nanos() - pace.changed().toNanos();
        this.loop = new Loop("dray-outcomes", this::waitNanos, this::deliver);
    }

    void start() {
        loop.start();
    }

    /// Takes an outcome. Returns at once.
    void add(RequestOutcome outcome) {
        int waiting = queue.add(outcome);
        if (waiting == 1) {
            loop.ring();
        } else if (waiting == CAPACITY && queue.dropped() == 1) {
            LOG.log(
                    Level.WARNING,
                    "outcomes are dropped, oldest first: limit={0}; the platform takes none; check REPORT_ADDR",
                    CAPACITY);
        }
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
        while (queue.size() > 0 && left.isPositive() && settle(queue.head(BATCH), left)) {
            left = limit.minusNanos(ticker.nanos() - start);
        }
    }

    private boolean settle(Batch batch, Duration timeOut) {
        return settle(batch, conversation.postOnce(() -> new DeleteRequests(settings, batch), timeOut));
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
                Batch batch = queue.head(BATCH);
                var message = new DeleteRequests(settings, batch);
                if (!settle(batch, conversation.post(() -> message))) {
                    return;
                }
            } while (queue.size() >= BATCH);
        } finally {
            endedNanos = ticker.nanos();
        }
    }

    // Whether the batch is off our hands.
    private boolean settle(Batch batch, Delivery<DeleteRequests> delivery) {
        if (delivery.taken().isPresent()) {
            queue.remove(batch);
            return true;
        }
        // A request_idx the platform never made is the client's invention; it must not hold up the others.
        if (delivery.isRefused() && !batch.isGenuine()) {
            LOG.log(
                    Level.WARNING,
                    "outcomes dropped, request_idx is no integer: count={0}",
                    batch.outcomes().size());
            queue.remove(batch);
            return true;
        }
        return false;
    }

    /// Body of `/delete_requests/`, in the shape that carries a record per request.
    private record DeleteRequests(VastSettings settings, Batch batch) implements Message {
        @Override
        public String json() {
            var json = new StringBuilder(batch.outcomes().size() * 190 + 100);
            json.append("{\"worker_id\": ").append(settings.containerId());
            PythonJson.quote(json.append(", \"mtoken\": "), settings.masterToken());
            json.append(", \"requests\": ");
            String separator = "[";
            for (RequestOutcome outcome : batch.outcomes()) {
                outcome.print(json.append(separator));
                separator = ", ";
            }
            return json.append("]}").toString();
        }
    }
}
