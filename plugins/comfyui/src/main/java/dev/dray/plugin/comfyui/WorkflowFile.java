package dev.dray.plugin.comfyui;

import dev.dray.model.Bytes;
import dev.dray.model.InvalidJsonException;
import dev.dray.model.JsonValue;
import dev.dray.model.JsonValue.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file that may hold a workflow: the bare graph in the form of ComfyUI's API, nodes by name.
///
/// @param file     read anew each time, since images write it while the worker is up
/// @param origin   how the operator knows it
/// @param expected whether somebody asked for it, so that its absence is worth a word
record WorkflowFile(Path file, String origin, boolean expected) {
    /// More than any workflow, and little enough to be read for each request.
    private static final long MOST_BYTES = 8 << 20;

    /// A place where there may be one.
    static WorkflowFile where(Path file, String origin) {
        return new WorkflowFile(file, origin, false);
    }

    /// A file that a variable names.
    static WorkflowFile named(Path file, String variable) {
        return new WorkflowFile(file, variable, true);
    }

    /// What reading it gave.
    sealed interface Content {
        /// A graph, as it stands in the file.
        record Graph(Bytes json) implements Content {}

        /// There is no file, and nobody expected one.
        record Absent() implements Content {}

        /// It cannot be used.
        record Unusable(String warning) implements Content {}
    }

    Content read() {
        if (!expected && !Files.exists(file)) {
            return new Content.Absent();
        }
        try {
            if (Files.size(file) > MOST_BYTES) {
                return unusable("found more than %d bytes".formatted(MOST_BYTES));
            }
            return graph(Bytes.of(Files.readAllBytes(file)));
        } catch (IOException unreadable) {
            return unusable("it cannot be read: " + unreadable);
        }
    }

    private Content graph(Bytes text) {
        try {
            return JsonValue.parse(text) instanceof JsonObject graph
                            && !graph.members().isEmpty()
                    ? new Content.Graph(graph.source())
                    : unusable("found no JSON object with nodes in it");
        } catch (InvalidJsonException notJson) {
            return unusable("found no JSON: " + notJson.getMessage());
        }
    }

    private Content unusable(String why) {
        return new Content.Unusable(
                "benchmark workflow %s (%s) is passed over: %s; expected a workflow in the form of ComfyUI's API"
                        .formatted(file, origin, why));
    }
}
