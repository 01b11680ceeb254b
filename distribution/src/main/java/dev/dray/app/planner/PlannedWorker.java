package dev.dray.app.planner;

import dev.dray.adapter.inmemory.InMemoryBenchmarkStore;
import dev.dray.adapter.inmemory.ManualTimers;
import dev.dray.adapter.inmemory.OpenPlatform;
import dev.dray.adapter.inmemory.RecordingCallbacks;
import dev.dray.adapter.inmemory.ScriptedHealth;
import dev.dray.domain.worker.RoutePlan;
import dev.dray.domain.worker.Worker;
import dev.dray.domain.worker.WorkerPlan;
import dev.dray.domain.worker.WorkerPlan.LoadSignal;
import dev.dray.domain.worker.WorkerPlan.ServerPlan;
import dev.dray.domain.worker.WorkerPorts;
import dev.dray.model.Bytes;
import dev.dray.model.Outcome;
import dev.dray.model.RequestPayload;
import dev.dray.port.exchange.InboundRequest;
import dev.dray.port.outbound.ModelCall.TimeOuts;
import dev.dray.port.outbound.WorkerEvent;
import dev.dray.spi.Concurrency;
import dev.dray.spi.LogRules;
import dev.dray.spi.Route;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;

/// One worker of the plan: the real core in front of imagined model servers.
final class PlannedWorker {
    private static final int NO_LIMIT = Integer.MAX_VALUE / 2;

    private final ManualTimers timers;
    private final PlannedServers servers;
    private final Worker worker;
    private final Map<Long, PlannedRequest> present = new HashMap<>();
    private double load;
    // The request that is arriving: its admission is told before its number is known.
    private Optional<PlannedRequest> arriving = Optional.empty();

    /// @param routes paths that are served
    PlannedWorker(PlanOrder order, Collection<String> routes, ManualTimers timers) {
        this.timers = timers;
        this.servers = new PlannedServers(order.machine(), timers);
        this.worker = new Worker(plan(order, routes), ports());
        worker.start();
    }

    PlannedServers servers() {
        return servers;
    }

    /// Units of the requests that are here, done or not.
    double load() {
        return load;
    }

    /// Requests that wait, in the worker or in front of a slot of a model server.
    int waiting() {
        return present.size() - servers.busy();
    }

    void take(PlannedRequest request) {
        var inbound = new InboundRequest(
                "POST",
                request.arrival().route(),
                List.of(),
                Bytes.utf8(Double.toString(request.arrival().units())),
                timers.ticker().nanos(),
                "");
        arriving = Optional.of(request);
        request.arrives(worker, inbound);
        arriving = Optional.empty();
    }

    private void hear(WorkerEvent event) {
        switch (event) {
            case WorkerEvent.RequestAdmitted admitted -> {
                PlannedRequest request = arriving.orElseThrow();
                present.put(admitted.id().number(), request);
                load += admitted.units();
            }
            case WorkerEvent.RequestEnded(var record) -> {
                PlannedRequest request = present.remove(record.id().number());
                if (request != null) {
                    load = present.isEmpty() ? 0 : load - record.units();
                    request.ended(record.outcome(), timers.ticker().passedNanos());
                } else {
                    arriving.orElseThrow()
                            .ended(Outcome.REJECTED, timers.ticker().passedNanos());
                }
            }
            default -> {}
        }
    }

    private static WorkerPlan plan(PlanOrder order, Collection<String> routes) {
        Concurrency concurrency = order.machine().serial() ? Concurrency.serial() : Concurrency.parallel();
        List<RoutePlan> plans = routes.stream()
                .map(path -> new RoutePlan(
                        new Priced(path),
                        concurrency,
                        order.maxQueueTime(),
                        order.queueTimeOut(),
                        TimeOuts.SERIAL,
                        Optional.empty()))
                .toList();
        return new WorkerPlan(
                "planned",
                plans,
                Set.of(),
                new LogRules(List.of(), List.of(), List.of()),
                Collections.nCopies(order.machine().servers(), new ServerPlan("", new LoadSignal.Health(), false)),
                WorkerPlan.HealthPolicy.DEFAULT,
                "planned",
                OptionalDouble.of(order.machine().capacity()),
                new WorkerPlan.Limits(NO_LIMIT, NO_LIMIT, OptionalInt.empty()),
                Optional.empty());
    }

    private WorkerPorts ports() {
        return new WorkerPorts(
                servers,
                new ScriptedHealth(timers),
                new OpenPlatform(),
                this::hear,
                new InMemoryBenchmarkStore(),
                timers,
                timers.ticker(),
                timers.ticker(),
                new RecordingCallbacks(timers),
                List.of(),
                new SplittableRandom(1),
                new SplittableRandom(2));
    }

    /// The payload of a planned request is its price.
    private record Priced(String path) implements Route {
        @Override
        public double workload(RequestPayload payload) {
            return payload.numeric("").orElseThrow();
        }
    }
}
