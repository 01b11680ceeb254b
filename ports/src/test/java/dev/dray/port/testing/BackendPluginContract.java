package dev.dray.port.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dray.model.Bytes;
import dev.dray.model.JsonValue;
import dev.dray.model.RequestPayload;
import dev.dray.spi.Backend;
import dev.dray.spi.BackendPlugin;
import dev.dray.spi.BenchmarkPlan;
import dev.dray.spi.Route;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What the worker expects of every plugin, as tests that a plugin inherits.
///
/// ```java
/// final class MyPluginContractTest extends BackendPluginContract {
///     @Override
///     protected BackendPlugin plugin() {
///         return new MyPlugin();
///     }
///
///     @Override
///     protected List<Sample> samples() {
///         return List.of(new Sample("/my/route", "{\"prompt\": \"hello\"}", 5));
///     }
/// }
/// ```
///
/// Samples are more than examples: the hostile payloads are made from them, member by member. A limit
/// of a minute
/// guards each test against a plugin that never returns; nothing here depends on how fast the machine
/// is.
@Timeout(60)
public abstract class BackendPluginContract {
    private static final int BENCHMARK_PAYLOADS = 20;
    private static final int THREADS = 4;

    /// A good payload of a route, and what it costs.
    ///
    /// @param path     route it is for
    /// @param payload  JSON as a client sends it
    /// @param workload expected price in workload units
    public record Sample(String path, String payload, double workload) {}

    /// A new instance of the plugin under test.
    protected abstract BackendPlugin plugin();

    /// Good payloads and their prices; at least one for each route is well spent.
    protected List<Sample> samples() {
        return List.of();
    }

    /// Adds what the plugin cannot start without, such as a variable that has no default. Default:
    /// nothing.
    ///
    /// @param context an empty environment, no configuration file
    /// @return the same builder
    protected FakePluginContext.Builder configure(FakePluginContext.Builder context) {
        return context;
    }

    @Test
    void canBeFoundAndMadeByTheWorker() throws IOException {
        Class<?> type = plugin().getClass();

        assertThat(Modifier.isPublic(type.getModifiers()))
                .as("%s is public", type.getName())
                .isTrue();
        assertThatCode(() -> type.getConstructor().newInstance())
                .as("public constructor without parameters of %s", type.getName())
                .doesNotThrowAnyException();
        assertThat(ServiceFiles.listed(BackendPlugin.class, type.getClassLoader()))
                .as("META-INF/services/%s", BackendPlugin.class.getName())
                .contains(type.getName());
    }

    @Test
    void hasWellFormedNames() {
        BackendPlugin plugin = plugin();

        assertThat(plugin.id()).matches("[a-z][a-z0-9-]*");
        assertThat(plugin.aliases()).allMatch(alias -> alias.matches("[a-z][a-z0-9_-]*"));
        assertThat(plugin.aliases()).doesNotContain(plugin.id());
    }

    @Test
    void startsUnderEachOfItsNames() {
        var names = new ArrayList<String>(plugin().aliases());
        names.add(plugin().id());

        for (String name : names) {
            FakePluginContext context =
                    configure(FakePluginContext.builder()).requestedId(name).build();
            try (Backend backend = plugin().start(context)) {
                assertThat(backend).as("backend started as '%s'", name).isNotNull();
                assertThat(context.problems()).as("problems as '%s'", name).isEmpty();
            }
        }
    }

    @Test
    void saysWhereTheModelServerIs() {
        var model = start().model();
        URI url = URI.create(model.url());

        assertThat(url.getScheme()).as("scheme of %s", url).isIn("http", "https");
        assertThat(url.getHost()).as("host of %s", url).isNotBlank();
        assertThat(url.getPath()).as("path of %s", url).isEmpty();
        assertThat(model.health().orElse("/")).as("health path or absolute URL").matches("(/|https?://).*");
        assertThat(model.logFile().orElse("none")).as("log file").isNotBlank();
        assertThat(model.name().orElse("none")).as("model name").isNotBlank();
    }

    @Test
    void knowsWhatTheLogSays() {
        Backend backend = start();

        assertThat(backend.logRules().onLoad()).allMatch(marker -> !marker.isBlank());
        assertThat(backend.logRules().onError()).allMatch(marker -> !marker.isBlank());
        assertThat(backend.logRules().onInfo()).allMatch(marker -> !marker.isBlank());
        if (backend.model().logFile().isPresent()) {
            assertThat(backend.logRules().onLoad())
                    .as("a log that is followed needs a line that says: loaded")
                    .isNotEmpty();
        }
    }

    @Test
    void servesRoutesOfDifferentPaths() {
        List<Route> routes = start().routes();

        assertThat(routes).isNotEmpty();
        assertThat(routes).extracting(Route::path).doesNotHaveDuplicates().allMatch(path -> path.matches("/[^\\s?#]*"));
        for (Route route : routes) {
            assertThat(route.concurrency())
                    .as("concurrency of %s", route.path())
                    .isNotNull();
            assertThat(route.maxQueueTime().orElse(Duration.ZERO))
                    .as("max queue time of %s", route.path())
                    .isGreaterThanOrEqualTo(Duration.ZERO);
        }
    }

    @Test
    void measuresExactlyOneRouteUnlessItKnowsItsCapacity() {
        Backend backend = start();
        if (backend.capacity().isPresent()) {
            assertThat(backend.capacity().getAsDouble()).isPositive().isFinite();
            return;
        }
        assertThat(backend.routes())
                .filteredOn(route -> route.benchmark().isPresent())
                .extracting(Route::path)
                .as("routes with a benchmark")
                .hasSize(1);
    }

    @Test
    void makesBenchmarkPayloadsThatAreJsonAndCostSomething() {
        assumeTrue(start().capacity().isEmpty(), "nothing is measured");
        Route route = benchmarked(start());
        BenchmarkPlan plan = route.benchmark().orElseThrow();
        var random = new SplittableRandom(1);

        for (int i = 0; i < BENCHMARK_PAYLOADS; i++) {
            Bytes json = plan.payloads().next(random);
            assertThatCode(() -> JsonValue.parse(json))
                    .as("JSON of a benchmark payload: %s", json.utf8Text())
                    .doesNotThrowAnyException();
            var payload = new RequestPayload(JsonValue.parse(json));
            // Nothing is measured in units where a request costs none.
            assertThat(route.workload(payload))
                    .as("price of a benchmark payload")
                    .isPositive()
                    .isFinite();
        }
    }

    @Test
    void repeatsItsBenchmarkFromTheSameSeed() {
        assumeTrue(start().capacity().isEmpty(), "nothing is measured");
        assertThat(benchmarkPayloads(42)).isEqualTo(benchmarkPayloads(42));
    }

    @Test
    void pricesSamplesAsExpected() {
        List<Route> routes = start().routes();

        for (Sample sample : samples()) {
            Route route = routes.stream()
                    .filter(candidate -> candidate.path().equals(sample.path()))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no route for " + sample));
            RequestPayload payload = RequestPayload.of(sample.payload());
            assertThat(route.check(payload)).as("problems of %s", sample).isEmpty();
            assertThat(route.workload(payload)).as("price of %s", sample).isEqualTo(sample.workload());
        }
    }

    @Test
    void survivesHostilePayloads() {
        for (Route route : start().routes()) {
            for (RequestPayload payload : payloadsFor(route)) {
                assertThatCode(() -> RouteAnswer.of(route, payload))
                        .as("%s with %s", route.path(), shown(payload))
                        .doesNotThrowAnyException();
            }
        }
    }

    @Test
    void answersTheSameFromManyThreadsAtOnce() throws InterruptedException, ExecutionException {
        Map<Route, List<RequestPayload>> payloads = payloadsByRoute(start());
        List<RouteAnswer> alone = answers(payloads);

        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            var tasks = new ArrayList<Callable<List<RouteAnswer>>>();
            for (int i = 0; i < THREADS; i++) {
                tasks.add(() -> answers(payloads));
            }
            for (Future<List<RouteAnswer>> together : threads.invokeAll(tasks)) {
                assertThat(together.get().equals(alone))
                        .as("same answers as from one thread")
                        .isTrue();
            }
        }
    }

    @Test
    void closesMoreThanOnce() {
        Backend backend = start();

        assertThatCode(() -> {
                    backend.close();
                    backend.close();
                })
                .doesNotThrowAnyException();
    }

    /// Starts a new backend under the plugin's own id; fails where the plugin tells a problem.
    protected final Backend start() {
        BackendPlugin plugin = plugin();
        FakePluginContext context =
                configure(FakePluginContext.builder()).requestedId(plugin.id()).build();
        Backend backend = plugin.start(context);
        assertThat(context.problems()).as("problems at start").isEmpty();
        return backend;
    }

    private static Route benchmarked(Backend backend) {
        return backend.routes().stream()
                .filter(route -> route.benchmark().isPresent())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no route has a benchmark, exactly one must have"));
    }

    private List<Bytes> benchmarkPayloads(long seed) {
        BenchmarkPlan plan = benchmarked(start()).benchmark().orElseThrow();
        var random = new SplittableRandom(seed);
        var payloads = new ArrayList<Bytes>();
        for (int i = 0; i < BENCHMARK_PAYLOADS; i++) {
            payloads.add(plan.payloads().next(random));
        }
        return payloads;
    }

    private List<RequestPayload> payloadsFor(Route route) {
        var payloads = new ArrayList<>(HostilePayloads.plain());
        for (Sample sample : samples()) {
            if (sample.path().equals(route.path())) {
                payloads.addAll(HostilePayloads.variationsOf(RequestPayload.of(sample.payload())));
            }
        }
        route.benchmark().ifPresent(plan -> {
            Bytes payload = plan.payloads().next(new SplittableRandom(1));
            payloads.addAll(HostilePayloads.variationsOf(new RequestPayload(JsonValue.parse(payload))));
        });
        return payloads;
    }

    private Map<Route, List<RequestPayload>> payloadsByRoute(Backend backend) {
        return backend.routes().stream().collect(Collectors.toMap(route -> route, this::payloadsFor));
    }

    private static List<RouteAnswer> answers(Map<Route, List<RequestPayload>> payloads) {
        var answers = new ArrayList<RouteAnswer>();
        payloads.forEach((route, each) -> each.forEach(payload -> answers.add(RouteAnswer.of(route, payload))));
        return answers;
    }

    private static String shown(RequestPayload payload) {
        String text = payload.bytes().utf8Text();
        return text.length() <= 200 ? text : text.substring(0, 200) + " … (" + text.length() + " characters)";
    }
}
