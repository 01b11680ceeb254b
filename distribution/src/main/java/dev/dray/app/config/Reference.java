package dev.dray.app.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.UncheckedIOException;

/// What may stand in `worker.yaml`, for people and for editors.
public final class Reference {
    private Reference() {}

    /// As Markdown.
    public static String markdown() {
        return ReferencePage.text();
    }

    /// As JSON Schema, draft 2020-12.
    public static String schema() {
        try {
            return new JsonMapper()
                            .writerWithDefaultPrettyPrinter()
                            .writeValueAsString(SchemaDocument.make())
                            .replace("\r\n", "\n")
                    + "\n";
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException("writing JSON to memory failed", impossible);
        }
    }
}
