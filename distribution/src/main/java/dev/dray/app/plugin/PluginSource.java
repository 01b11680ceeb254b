package dev.dray.app.plugin;

import dev.dray.app.plugin.Containment.Result;
import dev.dray.spi.BackendPlugin;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.regex.Pattern;

/// One thing in a plugin directory: a jar, or a folder of jars that belong together.
///
/// @param path    jar or folder
/// @param jars    the jar, or the folder's jars sorted by name
/// @param shipped whether it came with the program
record PluginSource(Path path, List<Path> jars, boolean shipped) {
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]*");
    private static final Pattern ALIAS = Pattern.compile("[a-z][a-z0-9_-]*");
    // A service file lists a handful; an iterator that fails without moving on must not spin for ever.
    private static final int MOST_PROVIDERS = 1_000;

    /// Loads every plugin listed here; what cannot be loaded is refused by name.
    List<PluginEntry> load(List<RefusedPlugin> refused) {
        List<JarContents> contents = jars.stream().map(JarContents::of).toList();
        for (JarContents jar : contents) {
            if (jar.refusal().isPresent()) {
                refused.add(
                        new RefusedPlugin(jar.jar(), fileName(), jar.refusal().get()));
                return List.of();
            }
        }
        Optional<JarContents> main =
                contents.stream().filter(JarContents::lists).findFirst();
        if (main.isEmpty()) {
            refuse(
                    refused,
                    "found no META-INF/services/" + BackendPlugin.class.getName()
                            + "; expected the name of a class in it; add the file or move the jar elsewhere");
            return List.of();
        }
        return load(main.get(), refused);
    }

    private List<PluginEntry> load(JarContents main, List<RefusedPlugin> refused) {
        var loader = new PluginClassLoader(fileName(), urls(), BackendPlugin.class.getClassLoader());
        var providers = ServiceLoader.load(BackendPlugin.class, loader).iterator();
        var entries = new ArrayList<PluginEntry>();
        boolean listsNone = true;
        for (int i = 0; i < MOST_PROVIDERS; i++) {
            Result<Optional<BackendPlugin>> next = Containment.within(
                    PluginEnd.LIMIT,
                    "constructor",
                    loader,
                    () -> providers.hasNext() ? Optional.of(providers.next()) : Optional.empty());
            switch (next) {
                case Result.Threw<Optional<BackendPlugin>>(Throwable _, String reason) ->
                    refuse(refused, "cannot be loaded: " + reason);
                case Result.Returned<Optional<BackendPlugin>>(Optional<BackendPlugin> plugin) -> {
                    if (plugin.isEmpty()) {
                        if (listsNone) {
                            refuse(refused, "lists no class under META-INF/services; expected one or more");
                        }
                        return entries;
                    }
                    entry(main, plugin.get(), loader, refused).ifPresent(entries::add);
                }
            }
            listsNone = false;
        }
        return entries;
    }

    private Optional<PluginEntry> entry(
            JarContents main, BackendPlugin plugin, ClassLoader loader, List<RefusedPlugin> refused) {
        String className = plugin.getClass().getName();
        Result<PluginEntry> named = Containment.within(
                PluginEnd.LIMIT,
                "id",
                loader,
                () -> new PluginEntry(
                        Objects.requireNonNull(plugin.id(), "id"),
                        new HashSet<>(plugin.aliases()),
                        main.version(),
                        main.jar(),
                        shipped,
                        plugin,
                        loader));
        return switch (named) {
            case Result.Threw<PluginEntry>(Throwable _, String reason) -> {
                refused.add(new RefusedPlugin(path, className, "does not tell its id: " + reason));
                yield Optional.empty();
            }
            case Result.Returned<PluginEntry>(PluginEntry entry) -> {
                Optional<String> misnamed = misnamed(entry.id(), entry.aliases());
                misnamed.ifPresent(reason -> refused.add(new RefusedPlugin(path, className, reason)));
                yield misnamed.isPresent() ? Optional.empty() : Optional.of(entry);
            }
        };
    }

    private static Optional<String> misnamed(String id, Set<String> aliases) {
        if (!ID.matcher(id).matches()) {
            return Optional.of("found id '" + id + "'; expected " + ID + "; rename it");
        }
        return aliases.stream()
                .filter(alias -> !ALIAS.matcher(alias).matches())
                .findFirst()
                .map(alias -> "found alias '" + alias + "'; expected " + ALIAS + "; rename it");
    }

    private void refuse(List<RefusedPlugin> refused, String reason) {
        refused.add(new RefusedPlugin(path, fileName(), reason));
    }

    private String fileName() {
        return String.valueOf(path.getFileName());
    }

    private List<URL> urls() {
        var urls = new ArrayList<URL>();
        for (Path jar : jars) {
            try {
                urls.add(jar.toUri().toURL());
            } catch (MalformedURLException impossible) {
                throw new IllegalStateException("a file has no URL: " + jar, impossible);
            }
        }
        return urls;
    }
}
