package dev.dray.domain.worker;

import dev.dray.domain.rig.NoCallbacks;
import dev.dray.domain.rig.ScriptedHealth;
import dev.dray.domain.rig.ScriptedLifecycle;
import dev.dray.domain.rig.ScriptedModel;
import dev.dray.domain.rig.ScriptedProcess;
import dev.dray.domain.rig.ScriptedRoute;
import dev.dray.domain.rig.VirtualTime;
import dev.dray.domain.worker.WorkerPlan.HealthPolicy;
import dev.dray.domain.worker.WorkerPlan.Limits;
import dev.dray.domain.worker.WorkerPlan.LoadSignal;
import dev.dray.domain.worker.WorkerPlan.ServerPlan;
import dev.dray.model.BenchmarkResult;
import dev.dray.model.BenchmarkResult.Latency;
import dev.dray.model.Bytes;
import dev.dray.model.PlatformReference;
import dev.dray.model.ReadinessState;
import dev.dray.port.exchange.InboundRequest;
import dev.dray.port.exchange.Reply;
import dev.dray.port.inbound.ObserveModelLog.LogLine;
import dev.dray.port.outbound.BenchmarkStore;
import dev.dray.port.outbound.ModelCall.TimeOuts;
import dev.dray.port.outbound.ModelHealth.Probe;
import dev.dray.port.outbound.PlatformProtocol;
import dev.dray.port.outbound.Refusal;
import dev.dray.port.outbound.WorkerEvent;
import dev.dray.port.outbound.WorkerEvent.BenchmarkEnded;
import dev.dray.port.outbound.WorkerEvent.BenchmarkProgress;
import dev.dray.port.outbound.WorkerEvent.ModelLogNoted;
import dev.dray.port.outbound.WorkerEvent.ReadinessChanged;
import dev.dray.spi.BenchmarkPlan;
import dev.dray.spi.BenchmarkPlan.Payloads;
import dev.dray.spi.Concurrency;
import dev.dray.spi.LogRules;
import dev.dray.spi.ReadinessProbe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// A readiness desk among fakes. What it does to the outside stands in [#journal], in order.
final class ReadinessRig {
    static final String LOG = "/var/log/vllm.log";
    static final String LOADED = "INFO: Application startup complete.";
    static final String VERIFYING = "VERIFYING: waiting for the model server's health";
    static final String WAITING = "LOADING: waiting for a load marker in " + LOG;
    static final String BROKEN = "Traceback (most recent call last): in engine.py";
    static final String ERROR_MARKER = "Traceback (most recent call last):";

    final VirtualTime time = new VirtualTime();
    final ScriptedModel model = new ScriptedModel(time);
    final ScriptedHealth health = new ScriptedHealth();
    final Map<String, BenchmarkResult> kept = new HashMap<>();
    final List<String> journal = new ArrayList<>();
    final List<ReadinessChanged> changes = new ArrayList<>();
    final ScriptedProcess process = new ScriptedProcess();
    final ScriptedLifecycle lifecycle = new ScriptedLifecycle();

    final List<ScriptedProcess> processes = new ArrayList<>(List.of(process));
    final List<Long> usable = new ArrayList<>();

    int servers = 1;
    LoadSignal signal = new LoadSignal.Log();
    Optional<ReadinessProbe> loadProbe = Optional.empty();
    boolean probesHealth = true;
    boolean benchmarked = true;
    Concurrency concurrency = Concurrency.parallel();
    Payloads payloads = _ -> Bytes.utf8("{\"max_tokens\": 10}");
    OptionalDouble pinned = OptionalDouble.empty();
    Runnable onEvent = () -> {};

    private long lines;

    ReadinessDesk desk() {
        return new ReadinessDesk(plan(), ports(), usable::add);
    }

    private List<ServerPlan> serverPlans() {
        return IntStream.range(0, servers)
                .mapToObj(server -> new ServerPlan(servers == 1 ? "" : "server " + server, signal, probesHealth))
                .toList();
    }

    private WorkerPlan plan() {
        var benchmark = new BenchmarkPlan(3, 4, true, payloads);
        var route = new RoutePlan(
                new ScriptedRoute(
                        "/v1/completions",
                        payload -> payload.numeric("/max_tokens").orElse(0)),
                concurrency,
                Optional.empty(),
                Optional.empty(),
                TimeOuts.PARALLEL,
                benchmarked ? Optional.of(benchmark) : Optional.empty());
        return new WorkerPlan(
                "vllm",
                List.of(route),
                Set.of(),
                new LogRules(
                        List.of("Application startup complete."),
                        List.of("Traceback (most recent call last):", "INFO exited: vllm"),
                        List.of("\"message\":\"Download")),
                serverPlans(),
                loadProbe,
                HealthPolicy.DEFAULT,
                "key",
                pinned,
                Limits.DEFAULT,
                Optional.empty());
    }

    private WorkerPorts ports() {
        return new WorkerPorts(
                model,
                health,
                new NoPlatform(),
                this::heard,
                new Store(),
                time,
                time,
                time,
                new NoCallbacks(),
                List.copyOf(processes),
                new SplittableRandom(1),
                new SplittableRandom(2));
    }

    private void heard(WorkerEvent event) {
        switch (event) {
            case ReadinessChanged changed -> {
                changes.add(changed);
                String reason = changed.to().reason();
                journal.add(changed.to().state() + (reason.isEmpty() ? "" : ": " + reason));
            }
            case BenchmarkProgress(int round, int most, Optional<Double> units) ->
                journal.add("round %d/%d%s"
                        .formatted(
                                round, most, units.map(u -> " " + Math.round(u)).orElse("")));
            case BenchmarkEnded(BenchmarkResult result, boolean cached) ->
                journal.add("%s %d".formatted(cached ? "known" : "measured", Math.round(result.unitsPerSecond())));
            case ModelLogNoted(String marker, String line) -> journal.add("noted " + marker + " in " + line);
            case WorkerEvent.ModelServersChanged changed ->
                journal.add("%d %s, %d of %d serve"
                        .formatted(changed.server(), changed.now().state(), changed.serving(), changed.of()));
            case WorkerEvent.SessionOpened _,
                    WorkerEvent.SessionClosed _,
                    WorkerEvent.RequestAdmitted _,
                    WorkerEvent.RequestStarted _,
                    WorkerEvent.RequestEnded _ ->
                throw new AssertionError("the readiness side has no requests: " + event);
        }
        onEvent.run();
    }

    /// The journal since the last call.
    List<String> news() {
        var news = List.copyOf(journal);
        journal.clear();
        return news;
    }

    LogLine line(String text) {
        return new LogLine(++lines, text, false);
    }

    LogLine old(String text) {
        return new LogLine(++lines, text, true);
    }

    void pass(Duration span) {
        time.pass(span);
    }

    void keep(double unitsPerSecond) {
        var latency = new Latency(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
        kept.put(
                "key",
                new BenchmarkResult(unitsPerSecond, 0, List.of(unitsPerSecond), latency, latency, Instant.EPOCH));
    }

    static Probe good() {
        return new Probe.Good();
    }

    static Probe bad(String reason) {
        return new Probe.Bad(reason);
    }

    /// A desk that has just become READY after 0.7 s: 0.4 s of benchmark, 0.3 s for the first good
    /// probe.
    ReadinessDesk ready() {
        ReadinessDesk desk = verifying();
        if (probesHealth) {
            time.pass(Duration.ofMillis(300));
            health.answer(good());
        }
        if (desk.standing().readiness().state() != ReadinessState.READY) {
            throw new AssertionError("not ready: " + journal);
        }
        journal.clear();
        return desk;
    }

    /// A desk whose model server's log is open and silent.
    ReadinessDesk loading() {
        ReadinessDesk desk = desk();
        desk.start();
        desk.runBegan(LOG);
        desk.caughtUp();
        return desk;
    }

    /// A desk that has just seen its load marker; its warm-up request is in the air.
    ReadinessDesk benchmarking() {
        ReadinessDesk desk = loading();
        desk.line(line(LOADED));
        time.pass(Duration.ZERO);
        return desk;
    }

    /// A desk that has measured, which took 0.4 s, and waits for its first health probe.
    ReadinessDesk verifying() {
        ReadinessDesk desk = benchmarking();
        time.pass(Duration.ofMillis(400));
        return desk;
    }

    /// A desk that was ready until two probes went bad.
    ReadinessDesk unhealthy() {
        ReadinessDesk desk = ready();
        time.pass(Duration.ofSeconds(10));
        health.answer(bad("status 500"));
        time.pass(Duration.ofSeconds(1));
        health.answer(bad("status 500"));
        return desk;
    }

    static ReadinessState state(ReadinessDesk desk) {
        return desk.standing().readiness().state();
    }

    static String reason(ReadinessDesk desk) {
        return desk.standing().readiness().reason();
    }

    private final class Store implements BenchmarkStore {
        @Override
        public Optional<BenchmarkResult> load(String key) {
            return Optional.ofNullable(kept.get(key));
        }

        @Override
        public void save(String key, BenchmarkResult result) {
            kept.put(key, result);
            journal.add("saved");
        }
    }

    private static final class NoPlatform implements PlatformProtocol {
        @Override
        public Opened open(InboundRequest request) {
            throw new AssertionError("no requests here");
        }

        @Override
        public Verdict verify(PlatformReference reference) {
            throw new AssertionError("no requests here");
        }

        @Override
        public Reply refusal(Refusal refusal) {
            throw new AssertionError("no requests here");
        }
    }
}
