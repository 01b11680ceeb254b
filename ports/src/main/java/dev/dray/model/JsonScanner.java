package dev.dray.model;

/// Checks a text against RFC 8259 and UTF-8 in one pass, without building anything.
///
/// One scanner per text; not thread-safe. Recursion is bounded by [JsonValue#MAX_DEPTH].
final class JsonScanner {
    private final byte[] in;
    private final int start;
    private final int end;
    private int at;

    private JsonScanner(Bytes text) {
        this.in = text.array();
        this.start = text.offset();
        this.end = text.offset() + text.length();
        this.at = start;
    }

    static JsonValue scan(Bytes text) {
        var scanner = new JsonScanner(text);
        scanner.skipWhitespace();
        int from = scanner.at;
        scanner.value(0);
        int to = scanner.at;
        scanner.skipWhitespace();
        if (scanner.at < scanner.end) {
            throw scanner.fault("the end of the text");
        }
        return JsonCursor.wrap(new Bytes(text.array(), from, to - from));
    }

    private void value(int depth) {
        if (at >= end) {
            throw fault("a value");
        }
        switch (in[at]) {
            case '{' -> object(depth + 1);
            case '[' -> array(depth + 1);
            case '"' -> string();
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            case 'N' -> word("NaN");
            case 'I' -> word("Infinity");
            default -> number();
        }
    }

    private void object(int depth) {
        open(depth);
        if (closes('}')) {
            return;
        }
        while (true) {
            if (at >= end || in[at] != '"') {
                throw fault("a member name in double quotes");
            }
            string();
            skipWhitespace();
            if (at >= end || in[at] != ':') {
                throw fault("':'");
            }
            at++;
            skipWhitespace();
            value(depth);
            if (!another('}')) {
                return;
            }
        }
    }

    private void array(int depth) {
        open(depth);
        if (closes(']')) {
            return;
        }
        do {
            value(depth);
        } while (another(']'));
    }

    private void open(int depth) {
        if (depth > JsonValue.MAX_DEPTH) {
            throw fault("at most " + JsonValue.MAX_DEPTH + " levels of nesting");
        }
        at++;
        skipWhitespace();
    }

    private boolean closes(char bracket) {
        if (at < end && in[at] == bracket) {
            at++;
            return true;
        }
        return false;
    }

    // After a value: true where a comma promises another one, false where the bracket closed.
    private boolean another(char bracket) {
        skipWhitespace();
        if (closes(bracket)) {
            return false;
        }
        if (at >= end || in[at] != ',') {
            throw fault("',' or '" + bracket + "'");
        }
        at++;
        skipWhitespace();
        return true;
    }

    private void string() {
        at++;
        while (true) {
            at = JsonText.skipPlain(in, at, end);
            if (at >= end) {
                throw fault("'\"' at the end of a string");
            }
            int b = in[at];
            if (b == '"') {
                at++;
                return;
            } else if (b == '\\') {
                escape();
            } else if (b < 0) {
                widerCharacters();
            } else {
                throw fault("control characters to be escaped inside a string");
            }
        }
    }

    // They seldom come alone.
    private void widerCharacters() {
        do {
            at = Utf8.skipCharacter(in, at, end, start);
        } while (at < end && in[at] < 0);
    }

    private void escape() {
        at++;
        if (at >= end) {
            throw fault("a character after '\\'");
        }
        switch (in[at]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at++;
            case 'u' -> {
                at++;
                for (int i = 0; i < 4; i++, at++) {
                    if (at >= end || Character.digit(in[at], 16) < 0) {
                        throw fault("four hexadecimal digits after '\\u'");
                    }
                }
            }
            default -> throw fault("one of \"\\/bfnrtu after '\\'");
        }
    }

    private void number() {
        if (at < end && in[at] == '-') {
            at++;
            if (at < end && in[at] == 'I') {
                word("Infinity");
                return;
            }
        }
        if (at < end && in[at] == '0') {
            at++;
        } else {
            digits();
        }
        if (at < end && in[at] == '.') {
            at++;
            digits();
        }
        if (at < end && (in[at] == 'e' || in[at] == 'E')) {
            at++;
            if (at < end && (in[at] == '+' || in[at] == '-')) {
                at++;
            }
            digits();
        }
    }

    private void digits() {
        int from = at;
        while (at < end && in[at] >= '0' && in[at] <= '9') {
            at++;
        }
        if (at == from) {
            throw fault("a value");
        }
    }

    private void word(String word) {
        for (int i = 0; i < word.length(); i++, at++) {
            if (at >= end || in[at] != word.charAt(i)) {
                throw fault("'" + word + "'");
            }
        }
    }

    private void skipWhitespace() {
        at = JsonCursor.skipWhitespace(in, at, end);
    }

    private InvalidJsonException fault(String expected) {
        String found = at >= end ? "the end of the text" : "byte 0x%02x".formatted(in[at] & 0xff);
        return new InvalidJsonException(at - start, "expected " + expected + ", found " + found);
    }
}
