package dev.dray.app.plugin;

import dev.dray.app.config.NearestKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The plugins that were found, and those that were refused.
///
/// Directories are searched in order, users' before the shipped one; of an id that several directories have, the first
/// counts. Within one directory an id may stand once: of two, neither is loaded, since nobody could say which.
///
/// @param entries  what may be started, sorted by id
/// @param refused  what may not, and why
/// @param warnings what is odd, for the operator
public record PluginCatalog(List<PluginEntry> entries, List<RefusedPlugin> refused, List<String> warnings) {
    public PluginCatalog {
        entries = List.copyOf(entries);
        refused = List.copyOf(refused);
        warnings = List.copyOf(warnings);
    }

    /// What a look-up found.
    public sealed interface Lookup {
        /// There is one.
        record Found(PluginEntry entry) implements Lookup {}

        /// There is none; the message names what there is, and what was refused.
        record Missing(String message) implements Lookup {}
    }

    /// Searches directories and loads what is in them.
    ///
    /// @param userDirs   in order of precedence
    /// @param shippedDir `plugins` beside the program; may be absent
    public static PluginCatalog scan(List<Path> userDirs, Path shippedDir) {
        var refused = new ArrayList<RefusedPlugin>();
        var warnings = new ArrayList<String>();
        var byId = new LinkedHashMap<String, PluginEntry>();
        for (Path directory : userDirs) {
            add(inDirectory(directory, false, refused), byId, warnings);
        }
        if (Files.isDirectory(shippedDir) && userDirs.stream().noneMatch(dir -> same(dir, shippedDir))) {
            add(inDirectory(shippedDir, true, refused), byId, warnings);
        }
        List<PluginEntry> entries = byId.values().stream()
                .sorted(Comparator.comparing(PluginEntry::id))
                .toList();
        return new PluginCatalog(entries, refused, warnings);
    }

    /// The plugin of that id; where no id matches, of that alias.
    public Lookup find(String name) {
        Optional<PluginEntry> byId =
                entries.stream().filter(entry -> entry.id().equals(name)).findFirst();
        List<PluginEntry> byAlias =
                entries.stream().filter(entry -> entry.answersTo(name)).toList();
        if (byId.isPresent() || byAlias.size() == 1) {
            return new Lookup.Found(byId.orElseGet(byAlias::getFirst));
        }
        return new Lookup.Missing(byAlias.isEmpty() ? unknown(name) : ambiguous(name, byAlias));
    }

    /// As [#find(String)], for callers who need no message.
    public Optional<PluginEntry> entry(String name) {
        return find(name) instanceof Lookup.Found(PluginEntry entry) ? Optional.of(entry) : Optional.empty();
    }

    private String unknown(String name) {
        var message = new StringBuilder("plugin '").append(name).append("' not found; ");
        NearestKey.among(names(), name)
                .ifPresent(near -> message.append("did you mean '").append(near).append("'? "));
        message.append("available: ");
        message.append(entries.isEmpty() ? "none" : String.join(", ", names()));
        message.append("; set 'backend', $BACKEND or --backend to one of them, or add a jar to plugins/ or --plugins");
        for (RefusedPlugin one : refused) {
            message.append("\n  refused: ").append(one.text());
        }
        return message.toString();
    }

    private List<String> names() {
        return entries.stream()
                .flatMap(entry -> Stream.concat(
                        Stream.of(entry.id()), entry.aliases().stream().sorted()))
                .toList();
    }

    private static String ambiguous(String name, List<PluginEntry> entries) {
        String ids = String.join(", ", entries.stream().map(PluginEntry::id).toList());
        return "plugin '" + name + "' is another name of several: " + ids + "; set 'backend' to one of these";
    }

    private static void add(List<PluginEntry> found, Map<String, PluginEntry> byId, List<String> warnings) {
        for (PluginEntry entry : found) {
            PluginEntry first = byId.putIfAbsent(entry.id(), entry);
            if (first != null) {
                warnings.add("plugin '%s' is in %s and in %s; the first is used"
                        .formatted(entry.id(), first.jar(), entry.jar()));
            }
        }
    }

    private static List<PluginEntry> inDirectory(Path directory, boolean shipped, List<RefusedPlugin> refused) {
        var firsts = new LinkedHashMap<String, PluginEntry>();
        var doubled = new LinkedHashMap<String, List<PluginEntry>>();
        for (PluginSource source : sources(directory, shipped, refused)) {
            for (PluginEntry entry : source.load(refused)) {
                PluginEntry first = firsts.putIfAbsent(entry.id(), entry);
                if (first != null) {
                    doubled.computeIfAbsent(entry.id(), _ -> new ArrayList<>(List.of(first)))
                            .add(entry);
                }
            }
        }
        doubled.forEach((id, entries) -> {
            firsts.remove(id);
            String jars = String.join(
                    " and ",
                    entries.stream().map(entry -> entry.jar().toString()).toList());
            for (PluginEntry entry : entries) {
                refused.add(new RefusedPlugin(
                        entry.jar(),
                        id,
                        "found id '" + id + "' in " + jars
                                + "; expected each id once in a directory; remove all but one"));
            }
        });
        return List.copyOf(firsts.values());
    }

    private static List<PluginSource> sources(Path directory, boolean shipped, List<RefusedPlugin> refused) {
        var sources = new ArrayList<PluginSource>();
        try {
            for (Path path : sorted(directory)) {
                List<Path> jars = Files.isDirectory(path)
                        ? sorted(path).stream().filter(PluginCatalog::isJar).toList()
                        : List.of(path);
                if (Files.isDirectory(path) ? !jars.isEmpty() : isJar(path)) {
                    sources.add(new PluginSource(path, jars, shipped));
                }
            }
        } catch (NotDirectoryException notADirectory) {
            refused.add(new RefusedPlugin(directory, directory.toString(), "found no directory; correct --plugins"));
        } catch (IOException unreadable) {
            refused.add(new RefusedPlugin(
                    directory, directory.toString(), "cannot be read (" + unreadable + "); correct --plugins"));
        }
        return sources;
    }

    private static List<Path> sorted(Path directory) throws IOException {
        try (Stream<Path> paths = Files.list(directory)) {
            return paths.sorted().toList();
        }
    }

    private static boolean isJar(Path path) {
        return path.toString().endsWith(".jar") && !Files.isDirectory(path);
    }

    private static boolean same(Path one, Path other) {
        return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
    }
}
