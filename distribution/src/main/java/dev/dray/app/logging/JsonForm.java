package dev.dray.app.logging;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.logging.LogRecord;

/// For a collector: one JSON object per line, with `time`, `level`, `logger`, `message`, each key as a member
/// of its own, and `stack_trace`.
final class JsonForm implements LogForm {
    @Override
    public String line(LogRecord entry) {
        LogStatement statement = LogStatement.of(entry);
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("time", entry.getInstant().toString())
                .put("level", LogForm.word(entry.getLevel()))
                .put("logger", LogForm.logger(entry))
                .put("message", statement.message());
        statement.members().forEach(member -> put(json, member.key(), member.value()));
        statement.fault().ifPresent(fault -> json.put("stack_trace", LogForm.stack(fault)));
        return escaped(json.toString());
    }

    private static void put(ObjectNode json, String key, Object value) {
        switch (value) {
            case Integer number -> json.put(key, number);
            case Long number -> json.put(key, number);
            case Double number when Double.isFinite(number) -> json.put(key, number);
            case BigDecimal number -> json.put(key, number);
            case Boolean truth -> json.put(key, truth);
            default -> json.put(key, value.toString());
        }
    }

    // JSON lets these stand; who reads lines may take them for an end, a terminal for an order.
    private static String escaped(String json) {
        if (json.chars().noneMatch(LogForm::isControl)) {
            return json;
        }
        var line = new StringBuilder(json.length() + 16);
        json.codePoints().forEach(character -> {
            if (LogForm.isControl(character)) {
                line.append(LogForm.escaped(character));
            } else {
                line.appendCodePoint(character);
            }
        });
        return line.toString();
    }
}
