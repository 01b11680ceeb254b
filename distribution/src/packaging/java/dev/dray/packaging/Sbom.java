package dev.dray.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// The list of parts as CycloneDX 1.6: every jar of `lib/` and `plugins/` with its place, and the Java runtime.
final class Sbom {
    private static final String PROGRAM = "dray";

    private Sbom() {}

    static void write(Parts parts, Path file, Instant timestamp) throws IOException {
        ObjectNode sbom = Parts.JSON.createObjectNode();
        sbom.put("bomFormat", "CycloneDX").put("specVersion", "1.6").put("version", 1);
        ObjectNode metadata = sbom.putObject("metadata");
        metadata.put("timestamp", timestamp.toString());
        metadata.putObject("component")
                .put("type", "application")
                .put("bom-ref", PROGRAM)
                .put("name", PROGRAM)
                .put("version", version(parts));
        ArrayNode components = sbom.putArray("components");
        parts.components().forEach((reference, component) -> components.add(placed(parts, reference, component)));
        components.add(runtime());
        arrows(parts, sbom.putArray("dependencies"));
        Parts.JSON.writer(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), sbom);
    }

    private static String version(Parts parts) {
        return parts.components().values().stream()
                .filter(component -> component.path("name").asText().equals("dray-ports"))
                .map(component -> component.path("version").asText())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no dray-ports among " + parts.jars()));
    }

    // The texts of the licences stand in licenses/: here they would be nine tenths of the file.
    private static ObjectNode placed(Parts parts, String reference, ObjectNode component) {
        ObjectNode placed = component.deepCopy();
        placed.path("licenses").forEach(licence -> {
            if (licence.path("license") instanceof ObjectNode named) {
                named.remove("text");
            }
        });
        ArrayNode occurrences = placed.putObject("evidence").putArray("occurrences");
        parts.places(reference).forEach(jar -> occurrences.addObject().put("location", jar));
        return placed;
    }

    private static ObjectNode runtime() {
        ObjectNode runtime = Parts.JSON.createObjectNode();
        runtime.put("type", "platform").put("bom-ref", "java-runtime");
        runtime.putObject("supplier").put("name", System.getProperty("java.vendor"));
        runtime.put("name", "OpenJDK runtime").put("version", System.getProperty("java.runtime.version"));
        runtime.putArray("licenses").addObject().put("expression", "GPL-2.0-only WITH Classpath-exception-2.0");
        runtime.putObject("evidence").putArray("occurrences").addObject().put("location", "runtime");
        return runtime;
    }

    private static void arrows(Parts parts, ArrayNode dependencies) {
        Map<String, TreeSet<String>> arrows = new TreeMap<>();
        parts.components().keySet().forEach(reference -> arrows.put(reference, new TreeSet<>()));
        for (JsonNode list : parts.lists()) {
            for (JsonNode dependency : list.path("dependencies")) {
                TreeSet<String> to = arrows.get(dependency.path("ref").asText());
                if (to != null) {
                    dependency.path("dependsOn").forEach(on -> to.add(on.asText()));
                }
            }
        }
        arrows.forEach((reference, to) -> {
            ArrayNode dependsOn = dependencies.addObject().put("ref", reference).putArray("dependsOn");
            to.stream().filter(arrows::containsKey).forEach(dependsOn::add);
        });
        ArrayNode program = dependencies.addObject().put("ref", PROGRAM).putArray("dependsOn");
        parts.jars().forEach((jar, reference) -> {
            if (Parts.isOwn(jar)) {
                program.add(reference);
            }
        });
        program.add("java-runtime");
    }
}
