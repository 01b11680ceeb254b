package dev.dray.app.admin.history;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dray.model.Outcome;
import dev.dray.port.outbound.Ticker;
import dev.dray.port.outbound.WorkerEvent.RequestRecord;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// The last requests that were neither served nor cancelled. Without a lock: a worker that sheds load has no time
/// to wait for one.
final class Failures {
    private static final int MOST = 20;

    private final AtomicReferenceArray<RequestRecord> last = new AtomicReferenceArray<>(MOST);
    private final AtomicLong heard = new AtomicLong();
    private final Ticker ticker;
    private final InstantSource clock;

    Failures(Ticker ticker, InstantSource clock) {
        this.ticker = ticker;
        this.clock = clock;
    }

    void ended(RequestRecord request) {
        if (request.outcome() != Outcome.SERVED && request.outcome() != Outcome.CANCELLED) {
            last.set((int) (heard.getAndIncrement() % MOST), request);
        }
    }

    void write(ArrayNode failures) {
        long now = ticker.nanos();
        for (RequestRecord request : oldestFirst(now)) {
            ObjectNode node = failures.addObject();
            node.put(
                    "at", clock.instant().minusNanos(now - request.endedNanos()).toString());
            node.put("request", request.id().toString());
            node.put("route", request.route());
            node.put("outcome", request.outcome().word());
            node.put("status", request.status());
            node.put("source", Blame.of(request).word());
            node.put("reason", request.reason());
        }
    }

    private List<RequestRecord> oldestFirst(long now) {
        var requests = new ArrayList<RequestRecord>(MOST);
        for (int place = 0; place < MOST; place++) {
            RequestRecord request = last.get(place);
            if (request != null) {
                requests.add(request);
            }
        }
        requests.sort(Comparator.comparingLong((RequestRecord request) -> now - request.endedNanos())
                .reversed());
        return requests;
    }
}
