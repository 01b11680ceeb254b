package dev.dray.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What the package is made of: each jar that is really there, with what its project says of itself.
///
/// @param components by reference, sorted: a component as CycloneDX writes it
/// @param jars       path inside the package to the component's reference
/// @param lists      what Maven resolved, for the arrows between components
record Parts(Map<String, ObjectNode> components, Map<String, String> jars, List<JsonNode> lists) {
    static final JsonMapper JSON = new JsonMapper();

    private static final String OWN = "dray-";

    /// Jars are found by what is in them, so that no list can promise what the package does not hold.
    static Parts read(List<Path> listFiles, Path folder, String version) throws IOException {
        var lists = new ArrayList<JsonNode>();
        var byHash = new HashMap<String, ObjectNode>();
        for (Path file : listFiles) {
            JsonNode list = JSON.readTree(file.toFile());
            lists.add(list);
            list.path("components").forEach(component -> byHash.put(sha256(component), (ObjectNode) component));
        }
        var parts = new Parts(new TreeMap<>(), new TreeMap<>(), lists);
        for (Path jar : jars(folder)) {
            String hash = sha256(jar);
            String name = jar.getFileName().toString();
            ObjectNode component = name.startsWith(OWN) ? own(name, version, hash) : byHash.get(hash);
            if (component == null) {
                throw new IllegalStateException("no module's list of parts names %s; expected it in one of %s: a plugin"
                                .formatted(folder.relativize(jar), listFiles)
                        + " with libraries of its own needs the CycloneDX plugin in its pom and a line in"
                        + " MakePackage; a jar of an earlier build goes with 'mvn clean'");
            }
            String reference = component.path("bom-ref").asText();
            parts.components.putIfAbsent(reference, component);
            parts.jars.put(folder.relativize(jar).toString(), reference);
        }
        return parts;
    }

    /// Jars are no longer what their project made: their components get a new hash, and a word on what was done.
    void changed(Path folder, List<Path> jars, String what) throws IOException {
        for (Path jar : jars) {
            ObjectNode component = component(
                    Objects.requireNonNull(this.jars.get(folder.relativize(jar).toString()), jar.toString()));
            component.putArray("hashes").addObject().put("alg", "SHA-256").put("content", sha256(jar));
            component.putObject("pedigree").put("notes", what);
        }
    }

    ObjectNode component(String reference) {
        return Objects.requireNonNull(components.get(reference), reference);
    }

    /// The names of the jars of a component, as paths inside the package.
    List<String> places(String reference) {
        return jars.entrySet().stream()
                .filter(jar -> jar.getValue().equals(reference))
                .map(Map.Entry::getKey)
                .toList();
    }

    static boolean isOwn(String jar) {
        return jar.substring(jar.lastIndexOf('/') + 1).startsWith(OWN);
    }

    private static List<Path> jars(Path folder) throws IOException {
        try (Stream<Path> lib = Files.walk(folder.resolve("lib"));
                Stream<Path> plugins = Files.walk(folder.resolve("plugins"))) {
            return Stream.concat(lib, plugins)
                    .filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    private static ObjectNode own(String jar, String version, String hash) {
        String name = jar.substring(0, jar.length() - ("-" + version + ".jar").length());
        String reference = "pkg:maven/dev.dray/%s@%s?type=jar".formatted(name, version);
        ObjectNode component = JSON.createObjectNode();
        component.put("type", "library").put("bom-ref", reference);
        component.put("group", "dev.dray").put("name", name).put("version", version);
        component.putArray("hashes").addObject().put("alg", "SHA-256").put("content", hash);
        component.putArray("licenses").addObject().putObject("license").put("id", "Apache-2.0");
        component.put("purl", reference);
        return component;
    }

    private static String sha256(JsonNode component) {
        for (JsonNode hash : component.path("hashes")) {
            if (hash.path("alg").asText().equals("SHA-256")) {
                return hash.path("content").asText();
            }
        }
        return "";
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this Java has no SHA-256; every Java has it", missing);
        }
    }
}
