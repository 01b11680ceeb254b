package dev.dray.app.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dray.port.exchange.Reply;

/// Answers of the admin listener in JSON.
final class AdminReply {
    private AdminReply() {}

    /// What is true at this moment only.
    static Reply of(ObjectNode content) {
        return Reply.json(200, content.toPrettyString()).with("Cache-Control", "no-store");
    }

    /// A refusal in the words of the worker's own errors.
    ///
    /// @param message what, what was found, what is expected, what to do next
    static Reply refusal(int status, String code, String message) {
        return Reply.json(status, error(code, message).toString()).with("X-Dray-Error-Source", "client");
    }

    /// A refusal because of one field of the body.
    static Reply invalid(String field, String found, String expected) {
        String message = "'%s': found %s; expected %s".formatted(field, found, expected);
        ObjectNode root = error("invalid-" + field, message);
        ((ObjectNode) root.get("error")).put("field", field).put("found", found).put("expected", expected);
        return Reply.json(422, root.toString()).with("X-Dray-Error-Source", "client");
    }

    private static ObjectNode error(String code, String message) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.putObject("error").put("code", code).put("message", message).put("source", "client");
        return root;
    }
}
