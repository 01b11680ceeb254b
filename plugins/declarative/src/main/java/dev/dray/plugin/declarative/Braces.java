package dev.dray.plugin.declarative;

/// Finds the end of an expression that stands in `${…}`: braces and texts of CEL may be inside.
final class Braces {
    private Braces() {}

    /// The index of the closing brace; -1 where there is none.
    ///
    /// @param from first index of the expression
    static int end(String text, int from) {
        int depth = 0;
        int at = from;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '}' && depth == 0) {
                return at;
            }
            if (c == '\'' || c == '"') {
                at = literalEnd(text, at);
            } else {
                depth += c == '{' ? 1 : c == '}' ? -1 : 0;
                at++;
            }
        }
        return -1;
    }

    private static int literalEnd(String text, int from) {
        char quote = text.charAt(from);
        int at = from + 1;
        while (at < text.length() && text.charAt(at) != quote) {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return at + 1;
    }
}
