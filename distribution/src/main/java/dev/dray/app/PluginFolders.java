package dev.dray.app;

import dev.dray.app.plugin.Lending;
import dev.dray.app.plugin.PluginCatalog;
import java.io.File;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Where plugins are looked for, and what this process lends them.
public final class PluginFolders {
    private PluginFolders() {}

    /// Searches the given folders, those of `$DRAY_PLUGINS`, and `plugins/` beside the program.
    public static PluginCatalog scan(List<Path> folders, Map<String, String> environment) {
        var all = new ArrayList<>(folders);
        for (String folder : environment.getOrDefault("DRAY_PLUGINS", "").split(File.pathSeparator, -1)) {
            if (!folder.isBlank()) {
                all.add(Path.of(folder));
            }
        }
        return PluginCatalog.scan(all, shipped());
    }

    /// What a plugin gets from this process.
    public static Lending lending() {
        return Lending.of(System.getenv(), RandomGenerator.getDefault(), InstantSource.system());
    }

    /// The program's folder, which the launcher names; without it, the working directory.
    public static Path home() {
        return Path.of(System.getProperty("dray.home", ""));
    }

    private static Path shipped() {
        return home().resolve("plugins");
    }
}
