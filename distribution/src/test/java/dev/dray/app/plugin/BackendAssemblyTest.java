package dev.dray.app.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.app.config.Config;
import dev.dray.app.config.Configs;
import dev.dray.app.config.Inputs;
import dev.dray.app.config.Loaded;
import dev.dray.app.config.Problem;
import dev.dray.domain.worker.RoutePlan;
import dev.dray.domain.worker.WorkerPlan.LoadSignal;
import dev.dray.domain.worker.WorkerPlan.ServerPlan;
import dev.dray.model.RequestPayload;
import dev.dray.port.outbound.ModelCall.TimeOuts;
import dev.dray.spi.Concurrency;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackendAssemblyTest {
    @TempDir
    Path directory;

    private Path plugins;
    private List<String> cards = List.of();

    @BeforeEach
    void makeDirectory() throws IOException {
        plugins = Files.createDirectory(directory.resolve("plugins"));
        PluginJar.of("tgi").write(plugins, "tgi.jar");
    }

    @Test
    void withoutAFileEverythingIsThePlugins() {
        Assembly.Complete assembled = complete("");

        assertThat(assembled.model().servers().getFirst().url()).isEqualTo(URI.create("http://127.0.0.1:18000"));
        assertThat(assembled.model().servers().getFirst().logFile()).contains(Path.of("/var/log/model.log"));
        assertThat(assembled.model().servers().getFirst().health()).contains("/health");
        assertThat(assembled.model().name()).contains("small");
        assertThat(assembled.plan().servers().getFirst().loadSignal()).isInstanceOf(LoadSignal.Log.class);
        assertThat(assembled.plan().servers().getFirst().probesHealth()).isTrue();
        assertThat(assembled.plan().logRules().onLoad()).containsExactly("loaded");
        RoutePlan route = assembled.plan().routes().getFirst();
        assertThat(route.path()).isEqualTo("/tgi");
        assertThat(route.concurrency()).isEqualTo(Concurrency.serial());
        assertThat(route.timeOuts()).isEqualTo(TimeOuts.SERIAL);
        assertThat(route.maxQueueTime()).contains(Duration.ofSeconds(30));
        assertThat(route.benchmark()).isPresent();
        assertThat(assembled.effective())
                .anySatisfy(one -> assertThat(one.key() + " " + one.value() + " "
                                + one.origin().text())
                        .isEqualTo("model.url http://127.0.0.1:18000 plugin tgi"));
    }

    @Test
    void theFileIsLaidOverThePluginKeyByKey() {
        Assembly.Complete assembled = complete("""
            model: {url: http://127.0.0.1:5001, log-file: none, health: none, name: large}
            log-actions: {on-error: [Traceback]}
            time-outs: {idle: 10s}
            handlers:
              - route: /tgi
                allow-parallel-requests: true
                queue: ignored
                workload: 7
                max-queue-time: none
                queue-time-out: 90s
                time-outs: {connect: 1s}
                benchmark: {runs: 2, dataset: [{prompt: hi}]}
            """);

        RoutePlan route = assembled.plan().routes().getFirst();
        assertThat(route.concurrency()).isEqualTo(Concurrency.parallel());
        assertThat(route.maxQueueTime()).isEmpty();
        assertThat(route.queueTimeOut()).contains(Duration.ofSeconds(90));
        assertThat(route.timeOuts())
                .isEqualTo(new TimeOuts(
                        Duration.ofSeconds(1), Duration.ofSeconds(600), Duration.ofSeconds(10), Duration.ZERO));
        assertThat(route.route().workload(RequestPayload.of("{}"))).isEqualTo(7);
        assertThat(route.benchmark().orElseThrow().runs()).isEqualTo(2);
        assertThat(route.benchmark().orElseThrow().concurrency()).isEqualTo(10);
        assertThat(route.benchmark()
                        .orElseThrow()
                        .payloads()
                        .next(new SplittableRandom(1))
                        .utf8Text())
                .isEqualTo("{\"prompt\":\"hi\"}");
        assertThat(assembled.model().servers().getFirst().url()).isEqualTo(URI.create("http://127.0.0.1:5001"));
        assertThat(assembled.model().name()).contains("large");
        assertThat(assembled.plan().servers().getFirst().loadSignal()).isInstanceOf(LoadSignal.Health.class);
        assertThat(assembled.plan().servers().getFirst().probesHealth()).isFalse();
        assertThat(assembled.plan().logRules().onLoad()).containsExactly("loaded");
        assertThat(assembled.plan().logRules().onError()).containsExactly("Traceback");
    }

    @Test
    void aRouteThatOnlyTheFileHasIsAdded() {
        Assembly.Complete assembled = complete("handlers: [{route: /status, workload: 0, queue: control}]");

        assertThat(assembled.plan().routes()).extracting(RoutePlan::path).containsExactly("/tgi", "/status");
        RoutePlan added = assembled.plan().routes().getLast();
        assertThat(added.concurrency()).isEqualTo(new Concurrency.Serial("control"));
        assertThat(added.route().workload(RequestPayload.of("{}"))).isZero();
    }

    @Test
    void aBenchmarkInTheFileReplacesThePluginsOnAnotherRoute() {
        Assembly.Complete assembled =
                complete("handlers: [{route: /other, benchmark: {dataset: [{n: 1}], warmup: false}}]");

        assertThat(assembled.plan().routes().getFirst().benchmark()).isEmpty();
        assertThat(assembled.plan().routes().getLast().benchmark().orElseThrow().warmup())
                .isFalse();
        assertThat(assembled.warnings())
                .singleElement()
                .asString()
                .contains("benchmark of plugin tgi at /tgi is not used");
    }

    @Test
    void aStartedProcessBringsItsOwnLog() {
        Assembly.Complete assembled = complete("model: {command: [vllm, serve]}");

        assertThat(assembled.plan().servers().getFirst().loadSignal()).isInstanceOf(LoadSignal.OwnProcess.class);
        assertThat(assembled.model().servers().getFirst().logFile()).isEmpty();
        assertThat(assembled.model().servers().getFirst().command()).containsExactly("vllm", "serve");
    }

    @Test
    void eachModelServerHasWhatItSaysOfItselfAndElseWhatHoldsForAll() {
        Assembly.Complete assembled = complete("""
            model:
              log-file: /shared.log
              health: /up
              servers:
                - {url: http://127.0.0.1:1}
                - {url: http://127.0.0.1:2, log-file: /own.log, health: /fine}
                - {url: http://127.0.0.1:3, command: [serve, third], health: none}
            """);

        assertThat(assembled.model().servers())
                .containsExactly(
                        new ModelLocation.Server(
                                URI.create("http://127.0.0.1:1"),
                                Optional.of(Path.of("/shared.log")),
                                Optional.of("/up"),
                                List.of()),
                        new ModelLocation.Server(
                                URI.create("http://127.0.0.1:2"),
                                Optional.of(Path.of("/own.log")),
                                Optional.of("/fine"),
                                List.of()),
                        new ModelLocation.Server(
                                URI.create("http://127.0.0.1:3"),
                                Optional.empty(),
                                Optional.empty(),
                                List.of("serve", "third")));
        assertThat(assembled.plan().servers())
                .containsExactly(
                        new ServerPlan("model server 0 at http://127.0.0.1:1", new LoadSignal.Log(), true),
                        new ServerPlan("model server 1 at http://127.0.0.1:2", new LoadSignal.Log(), true),
                        new ServerPlan("model server 2 at http://127.0.0.1:3", new LoadSignal.OwnProcess(), false));
    }

    @Test
    void aLifeCycleStandsInForEveryLog() throws IOException {
        String body = """
            public Backend start(PluginContext context) {
                Backend plain = backend("/a", Optional.of(plan()));
                return new Backend() {
                    public ModelDefaults model() { return plain.model(); }
                    public LogRules logRules() { return plain.logRules(); }
                    public List<Route> routes() { return plain.routes(); }
                    public Optional<Lifecycle> lifecycle() {
                        return Optional.of(new Lifecycle() {
                            public void enter() {}
                            public void exit() {}
                        });
                    }
                };
            }
            """;
        new PluginJar().plugin("some.Plugin", "enters", body).write(plugins, "enters.jar");

        Assembly.Complete plain = complete("backend: enters");
        Assembly.Complete named = complete("{backend: enters, model: {log-file: own.log}}");

        assertThat(plain.plan().servers().getFirst().loadSignal()).isInstanceOf(LoadSignal.Enters.class);
        assertThat(plain.model().servers().getFirst().logFile()).isEmpty();
        assertThat(plain.warnings()).isEmpty();
        assertThat(named.model().servers().getFirst().logFile()).isEmpty();
        assertThat(named.warnings()).singleElement().asString().contains("model.log-file", "own.log", "enters");
    }

    @Test
    void sessionsAndHoldGoIntoThePlan() {
        Assembly.Complete assembled = complete("{sessions: {max: 3}, worker: {while-loading: hold, hold: 5s}}");

        assertThat(assembled.plan().limits().sessions()).hasValue(3);
        assertThat(assembled.plan().hold()).contains(Duration.ofSeconds(5));
        assertThat(complete("sessions: {max: none}").plan().limits().sessions()).isEmpty();
    }

    @Test
    void aPluginThatFailsMayStartNextTimeAndOneThatFindsMistakesMayNot() throws IOException {
        String fails = "public Backend start(PluginContext context) { throw new IllegalStateException(\"no disk\"); }";
        new PluginJar().plugin("some.Plugin", "fails", fails).write(plugins, "fails.jar");
        String finds = "public Backend start(PluginContext context) { context.problem(\"A\", \"b\"); return null; }";
        new PluginJar().plugin("some.Plugin", "finds", finds).write(plugins, "finds.jar");

        assertThat(assemble("backend: fails", Map.of()))
                .isInstanceOfSatisfying(
                        Assembly.Refused.class,
                        refused -> assertThat(refused.mayPass()).isTrue());
        assertThat(assemble("backend: finds", Map.of()))
                .isInstanceOfSatisfying(
                        Assembly.Refused.class,
                        refused -> assertThat(refused.mayPass()).isFalse());
    }

    @Test
    void anotherGraphicsCardHasAnotherBenchmarkKey() {
        String key = complete("").plan().benchmarkKey();
        cards = List.of("Model: NVIDIA L4;GPU UUID: GPU-1;");

        assertThat(complete("").plan().benchmarkKey()).isNotEqualTo(key);
    }

    @Test
    void exactlyOneBenchmarkIsNeededUnlessTheCapacityIsPinned() throws IOException {
        String body = "public Backend start(PluginContext context) { return backend(\"/a\", Optional.empty()); }";
        new PluginJar().plugin("some.Plugin", "bare", body).write(plugins, "bare.jar");

        assertThat(problems("backend: bare"))
                .containsExactly("plugin bare: 'handlers[].benchmark': found no benchmark; expected exactly one route"
                        + " with a benchmark; add one under 'handlers', or pin 'capacity'");
        assertThat(complete("{backend: bare, capacity: 5}").plan().pinnedCapacity())
                .hasValue(5);
        assertThat(problems("""
            handlers:
              - {route: /a, benchmark: {dataset: [{n: 1}]}}
              - {route: /b, benchmark: {dataset: [{n: 2}]}}
            """))
                .containsExactly(
                        "worker.yaml:2: 'handlers[].benchmark': found benchmarks at '/a', '/b'; expected exactly"
                                + " one route with a benchmark; remove all but one");
    }

    @Test
    void aBenchmarkOfAnAddedRouteNeedsPayloads() {
        assertThat(problems("handlers: [{route: /other, benchmark: {runs: 1}}]"))
                .singleElement()
                .asString()
                .startsWith("worker.yaml:1: 'handlers[].benchmark.dataset': found nothing for route '/other'");
    }

    @Test
    void thePluginReadsItsSettingsAndTellsAllItsMistakes() throws IOException {
        String body = """
            public Backend start(PluginContext context) {
                context.warning("odd");
                context.problem("MODEL_NAME", "found " + context.environment("MODEL_NAME").orElse("none"));
                context.problem("model.url", "as " + context.requestedId() + ": "
                    + context.settings().at("/model/url").flatMap(JsonValue::text).orElse("none"));
                return null;
            }
            """;
        new PluginJar().plugin("some.Plugin", "picky", body).write(plugins, "picky.jar");

        Assembly assembly = assemble("{backend: picky, model: {url: http://a}}", Map.of("MODEL_NAME", "x"));

        assertThat(assembly).isInstanceOfSatisfying(Assembly.Refused.class, refused -> {
            assertThat(refused.problems())
                    .extracting(Problem::text)
                    .containsExactly(
                            "plugin picky: 'MODEL_NAME': found x", "plugin picky: 'model.url': as picky: http://a");
            assertThat(refused.warnings()).containsExactly("plugin picky: odd");
        });
    }

    @Test
    void refusesABackendThatContradictsItself() throws IOException {
        String twice = """
            public Backend start(PluginContext context) {
                Route route = () -> "a";
                return backend(List.of(route, route));
            }
            """;
        String none = "public Backend start(PluginContext context) { return backend(List.of()); }";
        new PluginJar().plugin("some.Plugin", "twice", twice).write(plugins, "twice.jar");
        new PluginJar().plugin("some.Plugin", "none", none).write(plugins, "none.jar");

        assertThat(problems("backend: twice"))
                .contains(
                        "plugin twice: found route 'a'; expected a path that begins with '/'",
                        "plugin twice: found route 'a' twice; expected each path once");
        assertThat(problems("backend: none")).containsExactly("plugin none: found no route; expected one or more");
    }

    @Test
    void anotherBackendModelPlanOrMachineHasAnotherBenchmarkKey() {
        String key = complete("").plan().benchmarkKey();

        assertThat(key).matches("[0-9a-f]{64}").isEqualTo(complete("").plan().benchmarkKey());
        assertThat(List.of(
                        complete("model: {url: http://127.0.0.1:1}").plan().benchmarkKey(),
                        complete("model: {name: other}").plan().benchmarkKey(),
                        complete("handlers: [{route: /tgi, benchmark: {runs: 3}}]")
                                .plan()
                                .benchmarkKey(),
                        complete("handlers: [{route: /tgi, benchmark: {dataset: [{n: 1}]}}]")
                                .plan()
                                .benchmarkKey(),
                        complete("{security: {control-plane: vast}, platform: {container-id: 3, public-url: http://a}}")
                                .plan()
                                .benchmarkKey()))
                .doesNotContain(key)
                .doesNotHaveDuplicates();
    }

    private Assembly.Complete complete(String yaml) {
        return switch (assemble(yaml, Map.of())) {
            case Assembly.Complete complete -> complete;
            case Assembly.Refused refused -> throw new AssertionError("refused: " + refused.problems());
        };
    }

    private List<String> problems(String yaml) {
        return switch (assemble(yaml, Map.of())) {
            case Assembly.Complete _ -> List.of();
            case Assembly.Refused refused ->
                refused.problems().stream().map(Problem::text).toList();
        };
    }

    private Assembly assemble(String yaml, Map<String, String> environment) {
        Config config = config(yaml);
        PluginEntry plugin =
                PluginCatalog.scan(List.of(), plugins).entry(config.backend()).orElseThrow();
        var lending = new Lending(environment, cards, new SplittableRandom(1), () -> Instant.EPOCH);
        return BackendAssembly.assemble(config, plugin, lending);
    }

    private Config config(String yaml) {
        try {
            Files.writeString(directory.resolve("worker.yaml"), yaml);
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
        var inputs = new Inputs(
                Optional.of(Path.of("worker.yaml")),
                Map.of("BACKEND", "tgi", "HOME", "/home/me", "WORKER_PORT", "3000"),
                List.of(),
                directory,
                1 << 20,
                Inputs.Purpose.SERVE);
        return switch (Configs.load(inputs)) {
            case Loaded.Complete(Config config) -> config;
            case Loaded.Refused refused -> throw new AssertionError("refused: " + refused.problems());
        };
    }
}
