package dev.dray.app.plugin;

import dev.dray.spi.BackendPlugin;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// A plugin jar in the making: sources compiled on the spot, a manifest, a service file.
final class PluginJar {
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final List<String> services = new ArrayList<>();
    private final Map<String, String> manifest = new LinkedHashMap<>();

    PluginJar() {
        manifest.put("Spi-Version", "1.0");
        manifest.put("Plugin-Version", "2.5");
    }

    /// A jar with one well-behaved plugin.
    static PluginJar of(String id) {
        return new PluginJar().plugin("some.Plugin", id, "");
    }

    PluginJar plugin(String className, String id, String body) {
        return source(className, pluginSource(className, id, body)).service(className);
    }

    /// A plugin with one route named after its id; members in the body replace what they override.
    private static String pluginSource(String className, String id, String body) {
        int dot = className.lastIndexOf('.');
        String start = body.contains("start(") ? "" : """
            public Backend start(PluginContext context) {
                return backend("/" + id(), Optional.of(plan()));
            }
            """;
        return """
            package %s;
            import dev.dray.model.*;
            import dev.dray.spi.*;
            import java.util.*;
            public final class %s implements BackendPlugin {
                public String id() { return "%s"; }
                %s
                %s
                static BenchmarkPlan plan() {
                    return new BenchmarkPlan(8, 10, true, random -> Bytes.utf8("{}"));
                }
                static Backend backend(String path, Optional<BenchmarkPlan> plan) {
                    Route route = new Route() {
                        public String path() { return path; }
                        public Optional<BenchmarkPlan> benchmark() { return plan; }
                    };
                    return backend(List.of(route));
                }
                static Backend backend(List<Route> routes) {
                    return new Backend() {
                        public ModelDefaults model() {
                            return new ModelDefaults("http://127.0.0.1:18000", Optional.of("/var/log/model.log"),
                                Optional.of("/health"), Optional.of("small"));
                        }
                        public LogRules logRules() {
                            return new LogRules(List.of("loaded"), List.of("broken"), List.of());
                        }
                        public List<Route> routes() { return routes; }
                    };
                }
            }
            """.formatted(className.substring(0, dot), className.substring(dot + 1), id, body, start);
    }

    PluginJar source(String className, String text) {
        sources.put(className, text);
        return this;
    }

    PluginJar service(String className) {
        services.add(className);
        return this;
    }

    PluginJar without(String attribute) {
        manifest.remove(attribute);
        return this;
    }

    PluginJar with(String attribute, String value) {
        manifest.put(attribute, value);
        return this;
    }

    Path write(Path directory, String name) throws IOException {
        Path classes =
                Files.createTempDirectory(Files.createDirectories(directory).getParent(), "classes");
        compile(classes);
        Path jar = directory.resolve(name);
        try (OutputStream file = Files.newOutputStream(jar);
                var out = new JarOutputStream(file, attributes())) {
            if (!services.isEmpty()) {
                out.putNextEntry(new JarEntry("META-INF/services/dev.dray.spi.BackendPlugin"));
                out.write(String.join("\n", services).getBytes(StandardCharsets.UTF_8));
            }
            for (Path path : classFiles(classes)) {
                out.putNextEntry(new JarEntry(classes.relativize(path).toString()));
                Files.copy(path, out);
            }
        }
        return jar;
    }

    private void compile(Path classes) {
        if (sources.isEmpty()) {
            return;
        }
        List<Source> units = sources.entrySet().stream()
                .map(entry -> new Source(entry.getKey(), entry.getValue()))
                .toList();
        List<String> options = List.of("-d", classes.toString(), "-cp", spi(), "-proc:none");
        boolean compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, null, options, null, units)
                .call();
        if (!compiled) {
            throw new IllegalStateException("the test's own plugin does not compile");
        }
    }

    // What a plugin is compiled against, and nothing else: the whole class path takes the compiler ten times as long.
    private static String spi() {
        return Path.of(URI.create(BackendPlugin.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toString()))
                .toString();
    }

    private static List<Path> classFiles(Path classes) throws IOException {
        try (Stream<Path> paths = Files.walk(classes)) {
            return paths.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private Manifest attributes() {
        var written = new Manifest();
        written.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.forEach((name, value) -> written.getMainAttributes().putValue(name, value));
        return written;
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String className, String text) {
            super(URI.create("string:///" + className.replace('.', '/') + ".java"), JavaFileObject.Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
