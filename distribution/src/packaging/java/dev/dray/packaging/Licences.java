package dev.dray.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// The licences of all that is packed: `licenses/THIRD-PARTY.txt`, and beside it each text once.
///
/// A text is taken from the jar itself; else from the files beside this program, since a licence that names its
/// holder cannot be had from anywhere else; else the Apache licence, whose text is the same for all.
final class Licences {
    private static final Pattern TEXT = Pattern.compile("(?i)(META-INF/(.*/)?)?(LICENSE|NOTICE|COPYING)(\\.(txt|md))?");
    private static final String APACHE = "Apache-2.0";

    private final Parts parts;
    private final Path folder;
    private final Path kept;
    private final Path licenses;
    private final Map<String, String> fileOfText = new HashMap<>();

    private Licences(Parts parts, Path folder, Path kept) {
        this.parts = parts;
        this.folder = folder;
        this.kept = kept;
        this.licenses = folder.resolve("licenses");
    }

    static void write(Parts parts, Path folder, Path kept) throws IOException {
        new Licences(parts, folder, kept).write();
    }

    private void write() throws IOException {
        Files.createDirectories(licenses);
        var list = new StringBuilder("""
            What dray is packed with, beside its own jars (Apache-2.0, see ../LICENSE): jar, licence, files with its text.
            The Java runtime: GPL-2.0-only WITH Classpath-exception-2.0, see ../runtime/legal.

            """);
        for (Map.Entry<String, String> jar : parts.jars().entrySet()) {
            if (!Parts.isOwn(jar.getKey())) {
                ObjectNode component = parts.component(jar.getValue());
                String names = String.join(" or ", names(component));
                String changes = component.path("pedigree").path("notes").asText();
                list.append("%s  |  %s  |  %s%n"
                        .formatted(jar.getKey(), names, String.join(", ", texts(jar.getKey(), component))));
                if (!changes.isEmpty()) {
                    list.append("    ").append(changes).append(System.lineSeparator());
                }
            }
        }
        Files.writeString(licenses.resolve("THIRD-PARTY.txt"), list);
        Files.copy(Path.of("../LICENSE"), folder.resolve("LICENSE"));
    }

    private static List<String> names(JsonNode component) {
        var names = new ArrayList<String>();
        for (JsonNode licence : component.path("licenses")) {
            JsonNode named = licence.path("license");
            names.add(named.path("id")
                    .asText(named.path("name").asText(licence.path("expression").asText())));
        }
        if (names.isEmpty()) {
            throw new IllegalStateException("%s names no licence; nothing without one may be packed"
                    .formatted(component.path("bom-ref").asText()));
        }
        return names;
    }

    private Set<String> texts(String jar, ObjectNode component) throws IOException {
        var files = new TreeSet<String>();
        try (ZipFile zip = new ZipFile(folder.resolve(jar).toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                if (isText(entry)) {
                    try (InputStream in = zip.getInputStream(entry)) {
                        files.add(keep(jar, entry.getName(), in.readAllBytes()));
                    }
                }
            }
        }
        if (files.stream().noneMatch(file -> !file.contains("NOTICE"))) {
            files.add(textFromElsewhere(jar, component));
        }
        return files;
    }

    // A webjar keeps it deeper, beside the script it belongs to.
    private static boolean isText(ZipEntry entry) {
        String name = entry.getName();
        return !entry.isDirectory()
                && (TEXT.matcher(name).matches() || name.matches("META-INF/resources/webjars/[^/]+/[^/]+/LICENSE"));
    }

    private String textFromElsewhere(String jar, ObjectNode component) throws IOException {
        String name = component.path("name").asText();
        Path own = kept.resolve(name + ".txt");
        if (Files.exists(own)) {
            return keep(jar, "LICENSE", Files.readAllBytes(own));
        }
        if (names(component).contains(APACHE)) {
            return "../LICENSE";
        }
        throw new IllegalStateException("%s is under %s and its jar holds no text of it; put the project's text at %s"
                .formatted(jar, names(component), own));
    }

    private String keep(String jar, String entry, byte[] bytes) throws IOException {
        String text = new String(bytes, StandardCharsets.UTF_8);
        String known = fileOfText.get(text);
        if (known != null) {
            return known;
        }
        String simple = entry.substring(entry.lastIndexOf('/') + 1).replaceFirst("\\.[a-z]+$", "");
        String file = jar.substring(jar.lastIndexOf('/') + 1).replaceFirst("\\.jar$", "") + "-" + simple + ".txt";
        Files.write(licenses.resolve(file), bytes);
        fileOfText.put(text, file);
        return file;
    }
}
