package dev.dray.app.scaffold;

import dev.dray.spi.Spi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A plugin project on its way to the disk.
public final class PluginProject {
    private final ProjectNames names;
    private final Kit kit;

    public PluginProject(ProjectNames names, Kit kit) {
        this.names = names;
        this.kit = kit;
    }

    /// Writes everything.
    ///
    /// @param folder empty, or not there yet
    /// @return the files an author looks at, relative to the folder
    public List<Path> write(Path folder) throws IOException {
        Map<String, String> words = Map.of(
                "id", names.id(),
                "package", names.packageName(),
                "plugin", names.plugin(),
                "backend", names.backend(),
                "contract", names.contract(),
                "version", kit.version(),
                "spi", Spi.VERSION);
        Files.createDirectories(folder);
        var written = new ArrayList<Path>();
        for (Map.Entry<String, String> file : files().entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, Template.filled(file.getValue(), words));
            written.add(folder.relativize(path));
        }
        Path service = folder.resolve("src/main/resources/META-INF/services/dev.dray.spi.BackendPlugin");
        Files.createDirectories(service.getParent());
        Files.writeString(service, names.packageName() + "." + names.plugin() + "\n");
        written.add(folder.relativize(service));
        kit.layOut(folder.resolve("kit"));
        return List.copyOf(written);
    }

    // Path → template.
    private Map<String, String> files() {
        String main = "src/main/java/" + names.packageName().replace('.', '/') + "/";
        String test = "src/test/java/" + names.packageName().replace('.', '/') + "/";
        var files = new LinkedHashMap<String, String>();
        files.put("README.md", "README.md.txt");
        files.put("pom.xml", "pom.xml.txt");
        files.put("worker.yaml", "worker.yaml.txt");
        files.put(main + names.plugin() + ".java", "Plugin.java.txt");
        files.put(main + names.backend() + ".java", "Backend.java.txt");
        files.put(main + "CompletionsRoute.java", "CompletionsRoute.java.txt");
        files.put(test + names.contract() + ".java", "ContractTest.java.txt");
        files.put(test + "CompletionsRouteTest.java", "CompletionsRouteTest.java.txt");
        files.put(".gitignore", "gitignore.txt");
        files.put(".mvn/maven.config", "maven.config.txt");
        return files;
    }
}
