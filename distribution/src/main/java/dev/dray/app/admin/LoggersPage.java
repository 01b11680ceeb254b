package dev.dray.app.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dray.model.InvalidJsonException;
import dev.dray.model.JsonValue;
import dev.dray.model.JsonValue.JsonNull;
import dev.dray.model.JsonValue.JsonObject;
import dev.dray.model.JsonValue.JsonString;
import dev.dray.port.exchange.InboundRequest;
import dev.dray.port.exchange.Reply;
import java.lang.System.Logger.Level;
import java.util.Optional;

/// Shows and changes the levels of dray's own log: `/loggers`, `/loggers/{name}`.
final class LoggersPage {
    private static final System.Logger LOG = System.getLogger(LoggersPage.class.getName());
    static final String PATH = "/loggers";
    private static final String PREFIX = PATH + "/";

    private final LogLevels levels;

    LoggersPage(LogLevels levels) {
        this.levels = levels;
    }

    /// Whether a path names one logger.
    static boolean isLogger(String path) {
        return path.startsWith(PREFIX) && path.length() > PREFIX.length();
    }

    Reply show() {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ArrayNode words = root.putArray("levels");
        levels.words().forEach(words::add);
        ObjectNode loggers = root.putObject("loggers");
        levels.levels().forEach(loggers::put);
        return AdminReply.of(root);
    }

    /// Does as the body says.
    Reply change(InboundRequest request) {
        String logger = request.path().substring(PREFIX.length());
        String expected = "{\"level\": one of " + String.join(", ", levels.words()) + ", or null}";
        Optional<JsonValue> level = level(request);
        if (level.isEmpty()) {
            return AdminReply.invalid("body", "no JSON object with that member", expected);
        }
        return switch (level.get()) {
            case JsonNull _ -> set(logger, Optional.empty(), request.remote());
            case JsonString word
            when levels.words().contains(word.value()) -> set(logger, Optional.of(word.value()), request.remote());
            case JsonValue other -> AdminReply.invalid("level", other.source().utf8Text(), expected);
        };
    }

    private static Optional<JsonValue> level(InboundRequest request) {
        try {
            return JsonValue.parse(request.body()) instanceof JsonObject body ? body.get("level") : Optional.empty();
        } catch (InvalidJsonException _) {
            return Optional.empty();
        }
    }

    private Reply set(String logger, Optional<String> word, String remote) {
        try {
            levels.set(logger, word);
        } catch (IllegalArgumentException refused) {
            return AdminReply.invalid("logger", logger, String.valueOf(refused.getMessage()));
        }
        LOG.log(Level.INFO, "log level changed log={0} to={1} remote={2}", logger, word.orElse("inherited"), remote);
        return show();
    }
}
