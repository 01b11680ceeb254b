package dev.dray.app.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// The JSON Schema of `worker.yaml`, put together from the table of keys.
///
/// It holds the shape: names, types, words, patterns. What depends on another key, on a sum or on a file that must be
/// there, `dray check` alone can tell.
final class SchemaDocument {
    private static final String PROPERTIES = "properties";

    private final ObjectNode root;

    private SchemaDocument() {
        root = JsonNodeFactory.instance
                .objectNode()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("title", "worker.yaml of dray")
                .put("type", "object");
        root.setAll(Schemas.group());
    }

    static ObjectNode make() {
        var document = new SchemaDocument();
        Keys.ALL.stream()
                .filter(key -> key.rank() != Key.Rank.SECRET_VARIABLE)
                .forEach(key -> document.put(document.root, key, key.path()));
        document.putHandlers();
        return document.root;
    }

    private void putHandlers() {
        ObjectNode entry = Schemas.group();
        HandlerKeys.ALL.forEach(key -> put(entry, key, key.path().substring(HandlerKeys.PREFIX.length())));
        entry.putArray("required").add("route");
        ObjectNode handlers = Schemas.listOf(entry)
                .put("description", "what is said here is laid over what the plugin says, route by route");
        orNothing(handlers);
        ((ObjectNode) root.get(PROPERTIES)).set("handlers", handlers);
    }

    private void put(ObjectNode group, Key<?> key, String path) {
        ObjectNode members = (ObjectNode) group.get(PROPERTIES);
        int dot = path.indexOf('.');
        if (dot < 0) {
            members.set(path, described(key));
            return;
        }
        String name = path.substring(0, dot);
        put(subgroup(members, name), key, path.substring(dot + 1));
    }

    // A key may be a value and a group in one: `model.health`.
    private static ObjectNode subgroup(ObjectNode members, String name) {
        JsonNode known = members.get(name);
        if (known == null) {
            ObjectNode made = Schemas.group();
            orNothing(made);
            members.set(name, made);
            return made;
        }
        if (known.has(PROPERTIES)) {
            return (ObjectNode) known;
        }
        JsonNode last = known.path("anyOf").path(known.path("anyOf").size() - 1);
        if (last.has(PROPERTIES)) {
            return (ObjectNode) last;
        }
        ObjectNode made = Schemas.group();
        ObjectNode both = Schemas.anyOf(value(known), made);
        for (String note : List.of("description", "default")) {
            if (known.has(note)) {
                both.set(note, known.get(note));
            }
        }
        members.set(name, both);
        return made;
    }

    private static ObjectNode value(JsonNode described) {
        ObjectNode value = described.deepCopy();
        value.remove(List.of("description", "default"));
        return value;
    }

    // A group whose keys are all commented out reads as nothing, and means nothing.
    private static void orNothing(ObjectNode group) {
        JsonNode type = group.get("type");
        group.putArray("type").add(type).add("null");
    }

    private static ObjectNode described(Key<?> key) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("description", description(key));
        key.defaultText().ifPresent(text -> schema.set("default", standard(text)));
        schema.setAll(key.kind().schema());
        return schema;
    }

    private static String description(Key<?> key) {
        return key.meaning()
                + key.variable().map(name -> "; variable $" + name).orElse("")
                + "\n\n" + key.kind().expected();
    }

    private static JsonNode standard(String text) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (text.equals("true") || text.equals("false")) {
            return nodes.booleanNode(Boolean.parseBoolean(text));
        }
        return text.matches("\\d{1,9}") ? nodes.numberNode(Integer.parseInt(text)) : nodes.textNode(text);
    }
}
