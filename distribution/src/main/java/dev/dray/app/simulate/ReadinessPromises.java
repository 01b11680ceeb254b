package dev.dray.app.simulate;

import static dev.dray.model.ReadinessState.BENCHMARKING;
import static dev.dray.model.ReadinessState.DRAINING;
import static dev.dray.model.ReadinessState.FAILED;
import static dev.dray.model.ReadinessState.LOADING;
import static dev.dray.model.ReadinessState.READY;
import static dev.dray.model.ReadinessState.STARTING;
import static dev.dray.model.ReadinessState.STOPPED;
import static dev.dray.model.ReadinessState.UNHEALTHY;
import static dev.dray.model.ReadinessState.VERIFYING;

import dev.dray.domain.worker.Worker;
import dev.dray.model.Readiness;
import dev.dray.model.ReadinessState;
import dev.dray.port.inbound.ReadWorker.ServerSnapshot;
import dev.dray.port.outbound.WorkerEvent.ReadinessChanged;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What readiness promises. The legal edges stand here once more, on purpose: the core's own table is what is tested.
final class ReadinessPromises {
    private static final Map<ReadinessState, Set<ReadinessState>> LEGAL = Map.of(
            STARTING, Set.of(LOADING, DRAINING, STOPPED),
            LOADING, Set.of(BENCHMARKING, READY, FAILED, DRAINING, STOPPED),
            BENCHMARKING, Set.of(LOADING, VERIFYING, FAILED, DRAINING, STOPPED),
            VERIFYING, Set.of(LOADING, READY, FAILED, DRAINING, STOPPED),
            READY, Set.of(LOADING, UNHEALTHY, FAILED, DRAINING, STOPPED),
            UNHEALTHY, Set.of(LOADING, READY, FAILED, DRAINING, STOPPED),
            FAILED, Set.of(LOADING, DRAINING, STOPPED),
            DRAINING, Set.of(STOPPED),
            STOPPED, Set.of());

    private final Promises promises;
    private @Nullable Readiness told;
    private boolean everReady;
    private boolean changed = true;
    private int serving;

    ReadinessPromises(Promises promises) {
        this.promises = promises;
    }

    void changed(ReadinessChanged change) {
        changed = true;
        ReadinessState from = change.from().state();
        ReadinessState to = change.to().state();
        promises.require(
                told == null || told.equals(change.from()),
                Promises.EDGES,
                "told from " + change.from() + " after " + told);
        told = change.to();
        boolean legal = from == to || LEGAL.getOrDefault(from, Set.of()).contains(to);
        // Only a log that was rotated beneath a model server that never went away leads straight back.
        boolean early = from == LOADING && to == READY && !everReady;
        promises.require(legal && !early, Promises.EDGES, from + " -> " + to);
        everReady |= to == READY;
    }

    void serversChanged() {
        changed = true;
    }

    /// Model servers that take new requests, as of the last look.
    int serving() {
        return serving;
    }

    void check(Worker worker) {
        if (!changed) {
            return;
        }
        changed = false;
        Readiness now = worker.readiness();
        promises.require(
                told == null || told.equals(now), Promises.EDGES, "stands at " + now + ", but was told as " + told);
        List<ServerSnapshot> servers = worker.servers();
        int ready = 0;
        for (ServerSnapshot server : servers) {
            ready += server.serves() ? 1 : 0;
        }
        boolean closing = now.state() == DRAINING || now.state() == STOPPED;
        promises.require(
                closing || (now.state() == READY) == ready > 0,
                Promises.EDGES,
                "worker is " + now.state() + " with " + ready + " model servers ready");
        // While none serves, each is as good as another.
        serving = ready == 0 ? servers.size() : ready;
    }
}
