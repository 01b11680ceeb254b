package dev.dray.e2e;

/// Sources of plugins that misbehave.
final class UnrulyPlugin {
    /// Loops in any of its methods, and in `UNRULY` is told how to start or end badly.
    static final String UNRULY = """
            package unruly;
            import dev.dray.model.*;
            import dev.dray.spi.*;
            import java.time.Duration;
            import java.util.*;
            import java.util.concurrent.CountDownLatch;
            public final class Plugin implements BackendPlugin {
                static volatile long spins;
                public String id() { return "unruly"; }
                public Backend start(PluginContext context) {
                    String end = context.environment("UNRULY").orElse("");
                    if (end.contains("thread")) {
                        new Thread(Plugin::forever, "left-behind").start();
                    }
                    if (end.contains("hook")) {
                        Runtime.getRuntime().addShutdownHook(new Thread(Plugin::forever, "hook"));
                    }
                    if (end.contains("start")) {
                        System.out.println("unruly start");
                        forever();
                    }
                    return new Backend() {
                        public ModelDefaults model() {
                            return new ModelDefaults(
                                    "http://127.0.0.1:1", Optional.of("model.log"), Optional.of("/health"), Optional.empty());
                        }
                        public LogRules logRules() {
                            return new LogRules(List.of("Application startup complete."), List.of(), List.of());
                        }
                        public List<Route> routes() {
                            return List.of(new Plain("/plain"), new Check(), new Workload(), new Request());
                        }
                        public void close() {
                            if (end.contains("close")) {
                                forever();
                            }
                        }
                    };
                }
                static void forever() {
                    while (true) {
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException deaf) {
                            spins++;
                        }
                    }
                }
                static void spin() {
                    while (true) {
                        spins++;
                    }
                }
                static class Plain implements Route {
                    private final String path;
                    Plain(String path) { this.path = path; }
                    public String path() { return path; }
                    public Concurrency concurrency() { return Concurrency.parallel(); }
                    public Optional<Duration> maxQueueTime() { return Optional.empty(); }
                }
                static final class Check extends Plain {
                    Check() { super("/spin-check"); }
                    public Map<String, String> check(RequestPayload payload) { spin(); return Map.of(); }
                }
                static final class Workload extends Plain {
                    Workload() { super("/spin-workload"); }
                    public double workload(RequestPayload payload) { spin(); return 1; }
                }
                static final class Request extends Plain {
                    Request() { super("/spin-request"); }
                    public Concurrency concurrency() { return Concurrency.serial(); }
                    public ModelRequest request(RequestPayload payload) {
                        if (payload.text("/well").isEmpty()) {
                            spin();
                        }
                        return ModelRequest.unchanged();
                    }
                }
            }
            """;

    /// Serves a route inside the worker that says which library it found.
    static final String LIBRARY_USER = """
            package %1$s;
            import dev.dray.model.*;
            import dev.dray.spi.*;
            import java.util.*;
            public final class Plugin implements BackendPlugin {
                public String id() { return "%1$s"; }
                public Backend start(PluginContext context) {
                    return new Backend() {
                        public ModelDefaults model() {
                            return new ModelDefaults(
                                    "http://127.0.0.1:1", Optional.of("model.log"), Optional.of("/health"), Optional.empty());
                        }
                        public LogRules logRules() {
                            return new LogRules(List.of("Application startup complete."), List.of(), List.of());
                        }
                        public List<Route> routes() {
                            return List.of(new LocalRoute() {
                                public String path() { return "/" + shared.Library.version(); }
                                public Bytes call(RequestPayload payload) {
                                    return Bytes.utf8('"' + shared.Library.%2$s + '"');
                                }
                            });
                        }
                    };
                }
            }
            """;

    private UnrulyPlugin() {}
}
