package dev.dray.app.simulate;

import dev.dray.adapter.controlplanevast.HandPostedPlatform;
import dev.dray.domain.worker.Worker;
import dev.dray.domain.worker.WorkerPlan;
import dev.dray.domain.worker.WorkerPlan.LoadSignal;
import dev.dray.domain.worker.WorkerPlan.ServerPlan;
import dev.dray.domain.worker.WorkerPorts;
import dev.dray.port.inbound.ObserveModelLog;
import dev.dray.port.outbound.BenchmarkStore;
import dev.dray.port.outbound.ModelProcess;
import dev.dray.port.outbound.WorkerEvent;
import dev.dray.spi.ReadinessProbe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/// The worker of one life with everybody around it, from its start to its drain or its kill.
final class Service {
    private static final String ACTOR = "signal";
    private static final long AFTER_GIVING_UP = 60_000_000_000L;
    private static final long QUIET_NANOS = 30_000_000_000L;

    private final Life life;
    private final Chance chance;
    private final Scenario scenario;
    private final HandPostedPlatform line;
    private final Debts debts;
    private final Autoscaler platform;
    private final Promises promises;
    private final ModelHouse models;
    private final Clients clients;
    private final Worker worker;
    private final List<ModelProcess> processes = new ArrayList<>();
    private boolean killed;
    private boolean drains;
    private boolean idle;
    private long idleSince;
    private long latestEnd = Long.MAX_VALUE;

    /// What outlives the process.
    record Kept(BenchmarkStore store, Clients.Numbers numbers) {}

    Service(Life life, Scenario scenario, HandPostedPlatform line, Debts debts, Kept kept) {
        this.life = life;
        this.chance = life.chance();
        this.scenario = scenario;
        this.line = line;
        this.debts = debts;
        this.platform = new Autoscaler(life, line, debts, this::broken);
        this.promises = new Promises(life, scenario, platform);
        this.models = new ModelHouse(life, scenario, promises);
        this.worker = new Worker(plan(), ports(kept.store()));
        this.clients = new Clients(life, scenario, promises, worker, worker.internal(), kept.numbers());
    }

    Promises promises() {
        return promises;
    }

    /// Starts worker and everybody else.
    ///
    /// @param toBeKilled whether this life ends by kill
    void begin(boolean toBeKilled) {
        platform.begin(worker);
        worker.start();
        if (scenario.signal() == Scenario.Signal.LOG) {
            openLogs();
        }
        if (scenario.signal() == Scenario.Signal.LOG || scenario.signal() == Scenario.Signal.HEALTH) {
            models.servers().forEach(SimulatedServer::start);
        }
        clients.begin();
        life.later(1_000_000_000, this::perhapsDrain);
        if (toBeKilled) {
            life.later(chance.millis(1_000, 40_000), this::kill);
        }
    }

    /// Whether this life is over, in peace or not.
    boolean isOver() {
        return killed || (idle && platform.isSettled() && life.now() > idleSince + QUIET_NANOS);
    }

    void check() {
        promises.check(worker);
        if (!idle && life.now() > latestEnd) {
            promises.broken(Promises.DRAIN, "it has not ended: " + worker.load());
        }
    }

    /// After a life in peace: all books agree.
    void checkEnd() {
        promises.requests().checkEnd(worker);
        platform.lastReport(worker);
        debts.checkEnd(this::broken);
    }

    private void broken(String promise, String how) {
        promises.broken(promise, how);
    }

    private void kill() {
        if (!drains) {
            life.fault(Fault.WORKER_KILLED, ACTOR, 0);
            killed = true;
            life.end();
        }
    }

    private void perhapsDrain() {
        if (clients.isDone()) {
            drain();
            return;
        }
        if (chance.oneIn(400)) {
            life.interject(this::drain);
        }
        life.later(1_000_000_000, this::perhapsDrain);
    }

    private void drain() {
        if (drains) {
            return;
        }
        drains = true;
        life.note(ACTOR, 0, "drain");
        worker.drain(this::ended);
        promises.requests().draining();
        long patience = chance.percent(30) ? chance.millis(0, 3_000) : chance.millis(10_000, 120_000);
        latestEnd = life.now() + patience + AFTER_GIVING_UP;
        life.later(patience, this::giveUp);
    }

    private void giveUp() {
        if (!idle) {
            life.fault(Fault.WORKER_GAVE_UP, ACTOR, 0);
            worker.abandon();
        }
    }

    private void ended() {
        life.note(ACTOR, 0, "the worker has ended");
        promises.requests().idle();
        idle = true;
        clients.stop();
        idleSince = life.now();
        platform.takeAll(worker);
    }

    private void hear(WorkerEvent event) {
        if (life.isOver()) {
            return;
        }
        life.note("worker", number(event), event);
        promises.hear(event);
        line.events().accept(event);
        if (event instanceof WorkerEvent.PluginWrittenOff lost && lost.last()) {
            life.later(0, this::drain);
        }
        long away = life.preempt();
        if (event instanceof WorkerEvent.RequestAdmitted admitted && away > 0) {
            promises.requests().delayed(admitted, away);
        }
    }

    private static long number(WorkerEvent event) {
        return switch (event) {
            case WorkerEvent.RequestAdmitted one -> one.id().number();
            case WorkerEvent.RequestStarted one -> one.id().number();
            case WorkerEvent.RequestEnded one -> one.request().id().number();
            case WorkerEvent.SessionOpened one -> one.id().number();
            case WorkerEvent.SessionClosed one -> one.id().number();
            default -> 0;
        };
    }

    private void openLogs() {
        if (scenario.sharedLog()) {
            var log = new SimulatedLog(worker, life);
            log.open();
            models.servers().forEach(server -> server.voice(log));
            return;
        }
        for (SimulatedServer server : models.servers()) {
            ObserveModelLog listener = worker.log(List.of(server.place()));
            var log = new SimulatedLog(listener, life);
            log.open();
            server.voice(log);
        }
    }

    private WorkerPlan plan() {
        var plans = new ArrayList<ServerPlan>();
        for (SimulatedServer server : models.servers()) {
            plans.add(new ServerPlan("server " + server.place(), signal(server), probe(), scenario.probesHealth()));
        }
        return new WorkerPlan(
                "simulated",
                scenario.routes().stream().map(SimulatedRoute::plan).toList(),
                Set.of("/v1/models"),
                SimulatedLog.RULES,
                plans,
                WorkerPlan.HealthPolicy.DEFAULT,
                "benchmark of " + scenario.servers(),
                scenario.measured() ? OptionalDouble.empty() : OptionalDouble.of(Scenario.UNITS_PER_SECOND),
                scenario.limits(),
                scenario.hold());
    }

    private LoadSignal signal(SimulatedServer server) {
        return switch (scenario.signal()) {
            case LOG -> new LoadSignal.Log();
            case PROCESS -> {
                processes.add(new SimulatedProcess(server, life));
                yield new LoadSignal.OwnProcess();
            }
            case LIFECYCLE -> new LoadSignal.Enters(new SimulatedLifecycle(server, life));
            case HEALTH -> new LoadSignal.Health();
        };
    }

    private Optional<ReadinessProbe> probe() {
        return scenario.signal() != Scenario.Signal.LIFECYCLE && chance.percent(20)
                ? Optional.of(new ReadinessProbe(
                        List.of("http://127.0.0.1:8188/"),
                        Duration.ofMillis(chance.between(0, 300)),
                        Duration.ofMillis(chance.between(1, 300)),
                        Duration.ofSeconds(1),
                        Duration.ofMillis(chance.between(1, 20_000))))
                : Optional.empty();
    }

    private WorkerPorts ports(BenchmarkStore store) {
        return new WorkerPorts(
                models,
                models,
                new FaultyManners(line.protocol(), life),
                this::hear,
                store,
                life.timers(),
                life.queue().ticker(),
                life.queue().ticker(),
                new Callbacks(life),
                processes,
                chance.another(),
                chance.another());
    }
}
