package dev.dray.domain.worker;

import dev.dray.domain.benchmark.BenchmarkRun;
import dev.dray.model.BenchmarkResult;
import dev.dray.port.outbound.WorkerEvent.BenchmarkEnded;
import dev.dray.port.outbound.WorkerEvent.BenchmarkProgress;
import dev.dray.spi.BenchmarkPlan;
import dev.dray.spi.Concurrency;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds out how much a model server carries: pinned, measured before, or measured now.
///
/// Called by decisions of the readiness side, so guarded by its lock; [#result()] may be read by any
/// thread. One search at a time, at one model server, for they are all of a kind: who comes meanwhile
/// waits for its result, and takes its place where it comes to nothing. What an earlier search brings in
/// late is ignored.
final class CapacitySearch {
    private final WorkerPlan plan;
    private final WorkerPorts ports;
    private final OrderedEffects effects;
    private final Set<Seeker> waiting = new LinkedHashSet<>();
    private @Nullable Seeker searching;

    // Counts beginnings and ends, so that late answers know whether they are meant.
    private long search;
    private Runnable abort = () -> {};
    private volatile Optional<BenchmarkResult> result = Optional.empty();

    CapacitySearch(WorkerPlan plan, WorkerPorts ports, OrderedEffects effects) {
        this.plan = plan;
        this.ports = ports;
        this.effects = effects;
    }

    /// Who wants to know.
    ///
    /// @param server where to measure, by its place in the plan
    record Seeker(int server, Outcome outcome) {}

    /// How a search ended; called under the lock, at most once per search.
    interface Outcome {
        /// The capacity is known now, or the backend has nothing to measure.
        void found();

        /// There is none, and the model server cannot serve.
        ///
        /// @param reason for a person; never empty
        void failed(String reason);
    }

    /// Begins a search. What was measured in this process or is kept in the store is not measured again.
    void begin(Seeker seeker) {
        end(seeker);
        Optional<RoutePlan> route = plan.routes().stream()
                .filter(candidate -> candidate.benchmark().isPresent())
                .findFirst();
        if (plan.pinnedCapacity().isPresent() || route.isEmpty()) {
            seeker.outcome().found();
        } else if (result.isPresent()) {
            tell(result.get(), true);
            seeker.outcome().found();
        } else if (searching != null) {
            waiting.add(seeker);
        } else {
            searching = seeker;
            askStore(route.get());
        }
    }

    /// Ends the search for one who does not want to know any more: a running benchmark is aborted.
    void end(Seeker seeker) {
        waiting.remove(seeker);
        if (seeker.equals(searching)) {
            search++;
            effects.later(abort);
            abort = () -> {};
            goOn();
        }
    }

    /// Nobody who waits is searched for any more.
    void close() {
        waiting.clear();
    }

    // The next one who waits searches in place of the one before.
    private void goOn() {
        searching = null;
        if (!waiting.isEmpty()) {
            Seeker next = waiting.iterator().next();
            waiting.remove(next);
            begin(next);
        }
    }

    /// What was measured; empty before, and where the capacity is pinned or not measured at all.
    Optional<BenchmarkResult> result() {
        return result;
    }

    /// Pinned or measured; empty while unknown.
    OptionalDouble unitsPerSecond() {
        if (plan.pinnedCapacity().isPresent()) {
            return plan.pinnedCapacity();
        }
        return result.stream().mapToDouble(BenchmarkResult::unitsPerSecond).findFirst();
    }

    private void askStore(RoutePlan route) {
        long asked = search;
        effects.later(() -> {
            Optional<BenchmarkResult> kept = ports.store().load(plan.benchmarkKey());
            decide(asked, () -> kept.ifPresentOrElse(known -> found(known, true), () -> measure(route)));
        });
    }

    private void measure(RoutePlan route) {
        int server = searching == null ? 0 : searching.server();
        BenchmarkPlan benchmark = route.benchmark().orElseThrow();
        int concurrency = route.concurrency() instanceof Concurrency.Serial ? 1 : benchmark.concurrency();
        var run = new BenchmarkRun(
                new BenchmarkRun.Setup(plan.backendId(), server, route.route(), benchmark, concurrency),
                new BenchmarkRun.Outside(ports.model(), ports.timers(), ports.ticker(), ports.clock(), ports.random()),
                new Progress(search));
        abort = run::abort;
        effects.later(run::start);
    }

    private void found(BenchmarkResult known, boolean cached) {
        search++;
        abort = () -> {};
        result = Optional.of(known);
        tell(known, cached);
        var all = new ArrayList<Seeker>();
        if (searching != null) {
            all.add(searching);
        }
        all.addAll(waiting);
        searching = null;
        waiting.clear();
        all.forEach(seeker -> seeker.outcome().found());
    }

    private void failed(String reason) {
        search++;
        abort = () -> {};
        Seeker failed = searching;
        goOn();
        if (failed != null) {
            failed.outcome().failed(reason);
        }
    }

    private void tell(BenchmarkResult known, boolean cached) {
        effects.later(() -> ports.events().accept(new BenchmarkEnded(known, cached)));
    }

    private void decide(long asked, Runnable decision) {
        effects.decide(() -> {
            if (asked == search) {
                decision.run();
            }
        });
    }

    /// What the benchmark of one search tells.
    private final class Progress implements BenchmarkRun.Listener {
        private final long asked;

        Progress(long asked) {
            this.asked = asked;
        }

        @Override
        public void progressed(int round, int maxRounds, OptionalDouble unitsPerSecond) {
            Optional<Double> units = unitsPerSecond.stream().boxed().findFirst();
            decide(
                    asked,
                    () -> effects.later(() -> ports.events().accept(new BenchmarkProgress(round, maxRounds, units))));
        }

        @Override
        public void measured(BenchmarkResult measured) {
            // Kept first, then told: whoever hears READY finds the result in the store. It is kept even where the
            // search ends meanwhile, for it is true all the same.
            effects.decide(() -> effects.later(() -> {
                ports.store().save(plan.benchmarkKey(), measured);
                decide(asked, () -> found(measured, false));
            }));
        }

        @Override
        public void failed(String reason) {
            decide(asked, () -> CapacitySearch.this.failed(reason));
        }
    }
}
