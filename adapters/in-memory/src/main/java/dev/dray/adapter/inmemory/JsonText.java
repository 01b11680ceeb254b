package dev.dray.adapter.inmemory;

import java.util.Map;
import java.util.stream.Collectors;

/// Writes the little JSON the fakes answer with; a library would be their only dependency.
final class JsonText {
    private JsonText() {}

    /// A JSON string (RFC 8259 §7).
    static String quote(String text) {
        var quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append("\\u%04x".formatted((int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    /// A JSON object of strings, in the map's order.
    static String object(Map<String, String> members) {
        return members.entrySet().stream()
                .map(member -> quote(member.getKey()) + ":" + quote(member.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }
}
