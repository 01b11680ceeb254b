package dev.dray.plugin.comfyui;

/// Writes JSON strings (RFC 8259 §7).
final class JsonText {
    private JsonText() {}

    /// The text in quotes. Whatever is not printable ASCII is escaped, lone surrogates too, so that the
    /// result is valid
    /// for any text.
    static String quoted(String text) {
        var json = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                json.append("\\u%04x".formatted((int) c));
            } else if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}
