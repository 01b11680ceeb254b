package dev.dray.domain.worker;

import dev.dray.domain.readiness.ReadinessMachine;
import dev.dray.domain.readiness.ReadinessStep;
import dev.dray.model.Readiness;
import dev.dray.model.ReadinessState;
import dev.dray.port.outbound.WorkerEvent.ModelServersChanged;
import dev.dray.port.outbound.WorkerEvent.ReadinessChanged;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.LongConsumer;

/// The worker's readiness as it is published: every move is put up for all to read and told as an event.
///
/// The worker stands where the best of its model servers stands: READY with the first that is, and no
/// longer when none is. Its way there leads along legal edges too, through states that it only touches.
/// Its capacity is that of one server times those that serve.
///
/// Changed by decisions of the readiness side, so guarded by its lock; [#standing()] may be read by any
/// thread.
final class StandingBoard {
    /// Best first. UNHEALTHY is among the best for it comes back by itself, and so that it is never
    /// entered but from READY; STARTING is worse than it looks: nothing has been heard of that server.
    private static final List<ReadinessState> BEST_FIRST = List.of(
            ReadinessState.READY,
            ReadinessState.UNHEALTHY,
            ReadinessState.VERIFYING,
            ReadinessState.BENCHMARKING,
            ReadinessState.LOADING,
            ReadinessState.STARTING,
            ReadinessState.FAILED);

    private final WorkerPorts ports;
    private final OrderedEffects effects;
    private final Service service;
    private final ReadinessMachine machine;
    private final List<ServerBoard> servers = new ArrayList<>();
    private final long all;
    private long serving;
    private long startedNanos;
    private boolean everReady;
    private Optional<Duration> loadTime = Optional.empty();
    private volatile Standing standing;

    StandingBoard(List<WorkerPlan.ServerPlan> plans, WorkerPorts ports, OrderedEffects effects, Service service) {
        this.ports = ports;
        this.effects = effects;
        this.service = service;
        this.startedNanos = ports.ticker().nanos();
        plans.forEach(plan -> servers.add(new ServerBoard(plan, this, ports.clock())));
        this.machine =
                new ReadinessMachine(ports.clock().instant(), servers.getFirst().reason());
        this.all = -1L >>> (Long.SIZE - servers.size());
        this.standing = published();
    }

    /// What depends on which model servers serve.
    ///
    /// @param capacity of one of them
    /// @param usable   hears which take new requests
    record Service(CapacitySearch capacity, LongConsumer usable) {}

    /// Load time counts from now.
    void begin() {
        startedNanos = ports.ticker().nanos();
    }

    Standing standing() {
        return standing;
    }

    ReadinessState state() {
        return machine.now().state();
    }

    ServerBoard server(int server) {
        return servers.get(server);
    }

    /// Moves to a state that has nothing to do with model servers.
    void move(ReadinessState to) {
        move(to, "");
    }

    /// One of the servers has moved.
    ///
    /// @param moved        it
    /// @param loadedBefore whether it has just loaded and is READY now, so that there may be a new load time
    void follow(ServerBoard moved, boolean loadedBefore) {
        ReadinessState before = state();
        ServerBoard best = servers.stream()
                .min(Comparator.comparingInt(server -> BEST_FIRST.indexOf(server.state())))
                .orElseThrow();
        // Nothing leads back to STARTING: the worker waits for what that server will say.
        boolean unheard = best.state() == ReadinessState.STARTING && before != ReadinessState.STARTING;
        ReadinessState to = unheard ? ReadinessState.LOADING : best.state();
        if (to == ReadinessState.READY && before != ReadinessState.READY) {
            everReady = true;
            if (loadedBefore) {
                loadTime = Optional.of(Duration.ofNanos(ports.ticker().nanos() - startedNanos));
            }
        }
        boolean changed = count();
        while (state() != to && !ReadinessStep.leads(state(), to)) {
            move(state() == ReadinessState.LOADING ? ReadinessState.BENCHMARKING : ReadinessState.LOADING);
        }
        move(to, best.reason());
        if (changed && before == ReadinessState.READY && to == ReadinessState.READY) {
            var event = new ModelServersChanged(
                    servers.indexOf(moved), moved.now(), Long.bitCount(serving), servers.size(), capacity());
            effects.later(() -> ports.events().accept(event));
        }
    }

    /// Counts who serves.
    ///
    /// @return whether it is others than before
    private boolean count() {
        long usableBefore = usable();
        long before = serving;
        serving = 0;
        for (int server = 0; server < servers.size(); server++) {
            if (servers.get(server).state() == ReadinessState.READY) {
                serving |= 1L << server;
            }
        }
        long usable = usable();
        if (usable != usableBefore) {
            effects.later(() -> service.usable().accept(usable));
        }
        return serving != before;
    }

    // While none serves the platform decides whether requests come: any server is as good as another then.
    private long usable() {
        return serving == 0 ? all : serving;
    }

    private void move(ReadinessState to, String reason) {
        Readiness before = machine.now();
        Readiness after = machine.move(to, reason, ports.clock().instant());
        standing = published();
        if (!after.equals(before)) {
            effects.later(() -> ports.events().accept(new ReadinessChanged(before, after)));
        }
    }

    private Standing published() {
        boolean draining = state() == ReadinessState.DRAINING || state() == ReadinessState.STOPPED;
        return new Standing(machine.now(), everReady, draining, capacity(), loadTime);
    }

    private OptionalDouble capacity() {
        OptionalDouble ofOne = service.capacity().unitsPerSecond();
        int count = Math.max(Long.bitCount(serving), 1);
        return ofOne.isPresent() ? OptionalDouble.of(ofOne.getAsDouble() * count) : ofOne;
    }
}
