package dev.dray.app.admin.log;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dray.app.admin.log.ModelLines.Line;
import java.util.List;

/// Lines as a JSON object.
public final class LineJson {
    private LineJson() {}

    /// `{"lines": [{"at", "server", "text"}, …]}`, in the order given.
    public static ObjectNode of(List<Line> lines) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ArrayNode array = root.putArray("lines");
        for (Line line : lines) {
            array.addObject()
                    .put("at", line.at().toString())
                    .put("server", line.server())
                    .put("text", line.text());
        }
        return root;
    }
}
