package dev.dray.domain.rig;

import dev.dray.model.HeaderField;
import dev.dray.port.exchange.Exchange;
import dev.dray.port.exchange.ModelFailure;
import dev.dray.port.exchange.ResponseHead;
import dev.dray.port.outbound.ModelCall;
import dev.dray.port.outbound.ModelServer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// A model server whose saturation is known, in virtual time: so many slots, first come first served, and a service
/// time that depends on how many are served at once.
public final class CrowdedModel implements ModelServer {
    private static final byte[] PIECE = {'.'};

    private final VirtualTime time;
    private final int slots;
    private final IntFunction<Duration> service;
    private final ArrayDeque<Visit> waiting = new ArrayDeque<>();
    private final List<Visit> running = new ArrayList<>();
    private int pieces = 1;
    private boolean streams;
    private int most = Integer.MAX_VALUE;
    private int dieAt = Integer.MAX_VALUE;
    private int failEvery = Integer.MAX_VALUE;
    private int seen;
    private int atOnce;
    private int aborted;

    /// @param service time for one request, given how many are served with it, itself included
    public CrowdedModel(VirtualTime time, int slots, IntFunction<Duration> service) {
        this.time = time;
        this.slots = slots;
        this.service = service;
    }

    /// Answers come as streams of so many pieces, evenly spread over the service time.
    public CrowdedModel streaming(int howMany) {
        streams = true;
        pieces = howMany;
        return this;
    }

    /// Whoever comes while so many are inside gets 429 at once.
    public CrowdedModel refusingBeyond(int inside) {
        most = inside;
        return this;
    }

    /// With the n-th request all connections break, and from then on nobody listens.
    public CrowdedModel dyingAt(int request) {
        dieAt = request;
        return this;
    }

    /// Every n-th request is answered 500 in the end.
    public CrowdedModel failingEvery(int request) {
        failEvery = request;
        return this;
    }

    /// Most requests that were inside at once.
    public int atOnce() {
        return atOnce;
    }

    public int inside() {
        return waiting.size() + running.size();
    }

    public int aborted() {
        return aborted;
    }

    @Override
    public void start(ModelCall call, Exchange exchange) {
        throw new AssertionError("a benchmark must use launch: it owns no thread");
    }

    @Override
    public void launch(ModelCall call, Exchange exchange) {
        seen++;
        var visit = new Visit(call, exchange);
        exchange.begun(visit::abort);
        if (seen >= dieAt) {
            die(visit);
        } else if (inside() >= most) {
            exchange.head(429);
            exchange.ended();
        } else {
            waiting.add(visit);
            atOnce = Math.max(atOnce, inside());
            admit();
        }
    }

    private void die(Visit last) {
        List<Visit> all = new ArrayList<>(running);
        all.addAll(waiting);
        running.clear();
        waiting.clear();
        all.forEach(visit -> visit.fail(ModelFailure.Kind.RESET, "connection to model server broke"));
        last.fail(ModelFailure.Kind.REFUSED, "no connection to model server http://127.0.0.1:18000");
    }

    private void admit() {
        while (running.size() < slots && !waiting.isEmpty()) {
            running.add(waiting.remove());
            running.getLast().serve();
        }
    }

    private final class Visit {
        private final ModelCall call;
        private final Exchange exchange;
        private final int number = seen;

        Visit(ModelCall call, Exchange exchange) {
            this.call = call;
            this.exchange = exchange;
        }

        void serve() {
            Duration takes = service.apply(running.size());
            String type = streams ? "text/event-stream" : "application/json";
            int status = number % failEvery == 0 ? 500 : 200;
            exchange.head(status);
            call.sink().head(new ResponseHead(status, List.of(new HeaderField("Content-Type", type))));
            for (int piece = 1; piece <= pieces; piece++) {
                time.after(takes.multipliedBy(piece).dividedBy(pieces), this::piece);
            }
            time.after(takes, this::end);
        }

        private void piece() {
            if (running.contains(this)) {
                call.sink().chunk(PIECE, 0, 1);
            }
        }

        private void end() {
            if (running.remove(this)) {
                admit();
                exchange.ended();
            }
        }

        void fail(ModelFailure.Kind kind, String message) {
            exchange.failed(new ModelFailure(kind, message));
        }

        void abort() {
            if (running.remove(this) || waiting.remove(this)) {
                aborted++;
                fail(ModelFailure.Kind.ABORTED, "aborted by the worker");
                admit();
            }
        }
    }
}
