package dev.dray.e2e;

import dev.dray.spi.BackendPlugin;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/// A plugin jar, compiled on the spot, that does all a plugin may do and much that it must not.
///
/// Told a folder in `SCRIPTED_LIFE`, it has a life cycle: `enter` waits for a file `go` or `fail`
/// there, and a file `journal` says what was called. Told a port in `SCRIPTED_CONTROL`, it answers there.
final class ScriptedPlugin {
    private static final String SOURCE = """
            package scripted;
            import dev.dray.model.*;
            import dev.dray.spi.*;
            import java.nio.file.*;
            import java.time.Duration;
            import java.util.*;
            import java.util.concurrent.TimeUnit;
            public final class Plugin implements BackendPlugin {
                public String id() { return "scripted"; }
                public Backend start(PluginContext context) {
                    context.environment("SCRIPTED_CONTROL").map(Integer::valueOf)
                            .ifPresent(port -> context.control(port, request -> answer(request, context)));
                    Optional<Steered> steered = context.environment("SCRIPTED_LIFE").map(Steered::new);
                    return new Backend() {
                        public Optional<Lifecycle> lifecycle() { return steered.map(one -> one); }
                        public Set<String> openPaths() { return Set.of("/v1/models"); }
                        public void close() { steered.ifPresent(one -> one.note("close")); }
                        public ModelDefaults model() {
                            return new ModelDefaults(
                                    "http://127.0.0.1:1", Optional.of("model.log"), Optional.of("/health"), Optional.empty());
                        }
                        public LogRules logRules() {
                            return new LogRules(List.of("Application startup complete."), List.of("Traceback"), List.of());
                        }
                        public List<Route> routes() {
                            return List.of(
                                    new Plain("/plain"), new FaultyCheck(), new Strict(), new Priced(), new FaultyRequest(),
                                    new Unwrapped(), new Local(), new LocalFault(), new LocalWait(),
                                    new Mapped(), new Uploading());
                        }
                    };
                }
                private static ControlHandler.Answer answer(ControlHandler.Request request, PluginContext context) {
                    return switch (request.path()) {
                        case "/fault" -> throw new IllegalStateException("no such lever");
                        case "/null" -> null;
                        case "/odd-status" -> ControlHandler.Answer.text(99, "");
                        case "/sessions" -> ControlHandler.Answer.text(200, context.sessions().closeAll().toString());
                        default -> ControlHandler.Answer.text(201,
                                request.method() + " " + request.path() + " " + request.body().utf8Text());
                    };
                }
                static final class Steered implements Lifecycle {
                    private final Path folder;
                    Steered(String folder) { this.folder = Path.of(folder); }
                    public void enter() throws Exception {
                        note("enter");
                        try {
                            while (!Files.exists(folder.resolve("go"))) {
                                if (Files.exists(folder.resolve("fail"))) {
                                    throw new IllegalStateException("no GPU at all");
                                }
                                new java.util.concurrent.CountDownLatch(1).await(10, TimeUnit.MILLISECONDS);
                            }
                        } catch (InterruptedException ended) {
                            note("interrupted");
                            throw ended;
                        }
                        note("entered");
                    }
                    public void exit() { note("exit"); }
                    void note(String line) {
                        try {
                            Files.writeString(folder.resolve("journal"), line + "\\n",
                                    StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                        } catch (java.io.IOException broken) {
                            throw new java.io.UncheckedIOException(broken);
                        }
                    }
                }
                static class Plain implements Route {
                    private final String path;
                    Plain(String path) { this.path = path; }
                    public String path() { return path; }
                    public Concurrency concurrency() { return Concurrency.parallel(); }
                    public Optional<Duration> maxQueueTime() { return Optional.empty(); }
                }
                static final class FaultyCheck extends Plain {
                    FaultyCheck() { super("/faulty-check"); }
                    public Map<String, String> check(RequestPayload payload) { throw new IllegalStateException("secret prompt"); }
                }
                static final class Strict extends Plain {
                    Strict() { super("/strict"); }
                    public Map<String, String> check(RequestPayload payload) {
                        var problems = new LinkedHashMap<String, String>();
                        if (payload.text("/ref_audio").isPresent()) {
                            problems.put("ref_audio", "must be an http(s) URL or a data: URI");
                        }
                        if (payload.text("/size").isPresent()) {
                            problems.put("size", "must be WxH");
                        }
                        return problems;
                    }
                }
                static final class Priced extends Plain {
                    Priced() { super("/priced"); }
                    public double workload(RequestPayload payload) {
                        return switch (payload.text("/price").orElse("")) {
                            case "throws" -> throw new IllegalStateException("no price");
                            case "nan" -> Double.NaN;
                            case "infinite" -> Double.POSITIVE_INFINITY;
                            case "negative" -> -1;
                            default -> 7;
                        };
                    }
                }
                static final class FaultyRequest extends Plain {
                    FaultyRequest() { super("/faulty-request"); }
                    public ModelRequest request(RequestPayload payload) { throw new IllegalStateException("secret prompt"); }
                }
                static final class Unwrapped extends Plain {
                    Unwrapped() { super("/unwrapped"); }
                    public ModelRequest request(RequestPayload payload) {
                        return ModelRequest.json(Bytes.utf8("[1, \\"not an object\\"]"));
                    }
                }
                static final class Mapped extends Plain {
                    Mapped() { super("/mapped"); }
                    public Optional<AnswerMapper> answer() {
                        return Optional.of(answer -> switch (answer.body().utf8Text()) {
                            case "throw" -> throw new IllegalStateException("secret prompt");
                            case "null" -> null;
                            default -> new ModelAnswer(
                                    answer.status() == 503 ? 200 : answer.status(),
                                    List.of(new HeaderField("Content-Type", "text/plain"), new HeaderField("X-Was", "" + answer.status())),
                                    Bytes.utf8("<" + answer.body().utf8Text() + ">"));
                        });
                    }
                }
                static final class Uploading extends Plain {
                    Uploading() { super("/uploading"); }
                    public ModelRequest request(RequestPayload payload) {
                        int length = (int) payload.numeric("/bytes").orElse(3);
                        int written = (int) payload.numeric("/written").orElse(length);
                        return ModelRequest.multipart(List.of(
                                new FormPart.Text("model", "tiny"),
                                new FormPart.File("file", "speech.wav", "audio/wav", new PartContent() {
                                    public long length() { return length; }
                                    public void writeTo(java.io.OutputStream out) throws java.io.IOException {
                                        for (int i = 0; i < written; i++) { out.write('a'); }
                                    }
                                })));
                    }
                }
                static class Local extends Plain implements LocalRoute {
                    Local() { super("/local"); }
                    Local(String path) { super(path); }
                    public Concurrency concurrency() { return Concurrency.serial(); }
                    public double workload(RequestPayload payload) { return 12; }
                    public Bytes call(RequestPayload payload) throws Exception {
                        return Bytes.utf8("{\\"was\\": " + payload.value().source().utf8Text() + "}");
                    }
                }
                static final class LocalFault extends Local {
                    LocalFault() { super("/local-fault"); }
                    public Bytes call(RequestPayload payload) { throw new IllegalStateException("secret prompt"); }
                }
                static final class LocalWait extends Local {
                    LocalWait() { super("/local-wait"); }
                    public Bytes call(RequestPayload payload) throws Exception {
                        new java.util.concurrent.CountDownLatch(1).await();
                        return Bytes.utf8("null");
                    }
                }
            }
            """;

    private ScriptedPlugin() {}

    /// Writes the jar into a directory for `--plugins`.
    static Path write(Path directory) throws IOException {
        Path work = Files.createTempDirectory("scripted-plugin");
        Path source = Files.createDirectories(work.resolve("scripted")).resolve("Plugin.java");
        Files.writeString(source, SOURCE);
        int result = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-cp", spi(), "-d", work.toString(), source.toString());
        if (result != 0) {
            throw new IllegalStateException("the scripted plugin does not compile");
        }
        Path jar = Files.createDirectories(directory).resolve("scripted.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                var out = new JarOutputStream(file, manifest())) {
            out.putNextEntry(new JarEntry("META-INF/services/dev.dray.spi.BackendPlugin"));
            out.write("scripted.Plugin".getBytes(StandardCharsets.UTF_8));
            for (Path one : classes(work)) {
                out.putNextEntry(new JarEntry(work.relativize(one).toString()));
                Files.copy(one, out);
            }
        }
        return jar;
    }

    private static List<Path> classes(Path work) throws IOException {
        try (Stream<Path> files = Files.walk(work)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .sorted()
                    .toList();
        }
    }

    // What a plugin is compiled against, and nothing else.
    private static String spi() {
        return Path.of(URI.create(BackendPlugin.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toString()))
                .toString();
    }

    private static Manifest manifest() {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Spi-Version", "1.0");
        manifest.getMainAttributes().putValue("Plugin-Version", "1.0");
        return manifest;
    }
}
