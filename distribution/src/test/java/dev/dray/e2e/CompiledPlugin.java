package dev.dray.e2e;

import dev.dray.spi.BackendPlugin;
import java.io.File;
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
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/// A jar compiled on the spot from sources of a test: a plugin, or a library of one.
final class CompiledPlugin {
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final List<Path> libraries = new ArrayList<>();
    private Optional<String> service = Optional.empty();
    private String spiVersion = "1.0";

    CompiledPlugin source(String className, String text) {
        sources.put(className, text);
        return this;
    }

    /// The class that is listed as a plugin.
    CompiledPlugin service(String className) {
        service = Optional.of(className);
        return this;
    }

    /// A jar it is compiled against and does not hold.
    CompiledPlugin against(Path library) {
        libraries.add(library);
        return this;
    }

    CompiledPlugin builtFor(String version) {
        spiVersion = version;
        return this;
    }

    Path write(Path jar) throws IOException {
        Path work = Files.createTempDirectory("compiled-plugin");
        compile(work);
        Files.createDirectories(jar.getParent());
        try (OutputStream file = Files.newOutputStream(jar);
                var out = new JarOutputStream(file, manifest())) {
            if (service.isPresent()) {
                out.putNextEntry(new JarEntry("META-INF/services/dev.dray.spi.BackendPlugin"));
                out.write(service.get().getBytes(StandardCharsets.UTF_8));
            }
            for (Path one : classes(work)) {
                out.putNextEntry(new JarEntry(work.relativize(one).toString()));
                Files.copy(one, out);
            }
        }
        return jar;
    }

    private void compile(Path work) throws IOException {
        var options = new ArrayList<>(List.of("-proc:none", "-d", work.toString(), "-cp", classPath()));
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = work.resolve(source.getKey().replace('.', '/') + ".java");
            Files.createDirectories(file.getParent());
            options.add(Files.writeString(file, source.getValue()).toString());
        }
        int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, options.toArray(String[]::new));
        if (result != 0) {
            throw new IllegalStateException("the test's own plugin does not compile");
        }
    }

    private String classPath() {
        var path = new StringBuilder(Path.of(URI.create(BackendPlugin.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toString()))
                .toString());
        libraries.forEach(library -> path.append(File.pathSeparator).append(library));
        return path.toString();
    }

    private static List<Path> classes(Path work) throws IOException {
        try (Stream<Path> files = Files.walk(work)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .sorted()
                    .toList();
        }
    }

    private Manifest manifest() {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Spi-Version", spiVersion);
        manifest.getMainAttributes().putValue("Plugin-Version", "1.0");
        return manifest;
    }
}
