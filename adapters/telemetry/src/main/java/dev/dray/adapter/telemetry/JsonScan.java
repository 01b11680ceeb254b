package dev.dray.adapter.telemetry;

/// Finds a few members in the bytes of JSON texts as they pass: whether one of them brought text, and the latest
/// counts of tokens.
///
/// Knows no nesting and checks nothing. A name is what stands between two quotes with a colon after it: inside a string
/// every quote has a backslash before it, so no text of a prompt or an answer is ever taken for a name. That holds from
/// wherever the reading begins, so parts of a text may be left out. Holds a few numbers and no bytes.
final class JsonScan {
    /// What a count is where none was seen.
    static final long NONE = -1;

    // Longer than any name that is looked for; from here on bytes of a string are not hashed.
    private static final int LONGEST_NAME = 20;
    // More digits than a count of tokens ever has.
    private static final long LARGEST_COUNT = 1_000_000_000_000L;

    private enum Place {
        /// Anywhere, since the last quote.
        TEXT,
        /// After a backslash.
        ESCAPE,
        /// After a quote: a colon makes a name of what stood before it.
        QUOTE,
        /// After the colon of a name that is looked for.
        COLON,
        /// After the opening quote of a string that may be a token.
        STRING,
        NUMBER
    }

    private Place place = Place.TEXT;
    private int length;
    private long hash;
    private Member name = Member.OTHER;
    private long number;
    private boolean text;
    private boolean deltas;
    private long input = NONE;
    private long output = NONE;
    private long timedInput = NONE;
    private long timedOutput = NONE;

    /// Begins a new JSON text. A number at the end of the old one is over.
    void reset() {
        if (place == Place.NUMBER) {
            counted();
        }
        place = Place.TEXT;
        text = false;
        restart();
    }

    /// Whether this JSON text brought a piece of what the model wrote.
    boolean hasText() {
        return text;
    }

    /// Tokens of the prompt, or [#NONE].
    long input() {
        return input == NONE ? timedInput : input;
    }

    /// Tokens the model wrote, or [#NONE].
    long output() {
        return output == NONE ? timedOutput : output;
    }

    /// Reads until the line ends.
    ///
    /// @return index of the byte that ended it; `to` where none did
    int line(byte[] array, int from, int to) {
        int at = from;
        while (at < to) {
            if (place == Place.TEXT) {
                at = plain(array, at, to);
                if (at == to) {
                    return to;
                }
            }
            byte next = array[at];
            if (next == '\n' || next == '\r') {
                if (place == Place.NUMBER) {
                    counted();
                }
                return at;
            }
            read(next);
            at++;
        }
        return to;
    }

    // Most bytes are these: in local variables, as a field would be written for each of them.
    private int plain(byte[] array, int from, int to) {
        int at = from;
        int seen = length;
        long sum = hash;
        while (at < to) {
            byte next = array[at];
            if (next == '"' || next == '\\' || next == '\n' || next == '\r') {
                break;
            }
            if (seen <= LONGEST_NAME) {
                sum = Member.hash(sum, next);
                seen++;
            }
            at++;
        }
        length = seen;
        hash = sum;
        return at;
    }

    private void read(byte next) {
        switch (place) {
            case TEXT -> text(next);
            case ESCAPE -> place = Place.TEXT;
            case QUOTE -> afterQuote(next);
            case COLON -> afterColon(next);
            case STRING -> string(next);
            case NUMBER -> number(next);
        }
    }

    private void text(byte next) {
        if (next == '"') {
            place = Place.QUOTE;
        } else if (next == '\\') {
            place = Place.ESCAPE;
            length = LONGEST_NAME + 1;
        } else {
            length++;
            hash = Member.hash(hash, next);
        }
    }

    private void afterQuote(byte next) {
        if (isSpace(next)) {
            return;
        }
        if (next == ':') {
            name = length > LONGEST_NAME ? Member.OTHER : Member.of(hash);
            place = name == Member.OTHER ? Place.TEXT : Place.COLON;
            restart();
        } else {
            restart();
            place = Place.TEXT;
            text(next);
        }
    }

    private void afterColon(byte next) {
        if (isSpace(next)) {
            return;
        }
        place = Place.TEXT;
        if (next == '"' && name.isText()) {
            place = Place.STRING;
        } else if (isDigit(next) && !name.isText()) {
            number = (long) next - '0';
            place = Place.NUMBER;
        } else {
            text(next);
        }
    }

    // An empty string is no token: many model servers begin with one.
    private void string(byte next) {
        place = Place.TEXT;
        if (next != '"') {
            if (name == Member.DELTA) {
                deltas = true;
            }
            // Whoever streams deltas repeats the whole text at the end.
            text |= name == Member.DELTA || !deltas;
        }
        text(next);
    }

    private void number(byte next) {
        if (isDigit(next)) {
            number = Math.min(LARGEST_COUNT, number * 10 + next - '0');
            return;
        }
        counted();
        text(next);
    }

    private void counted() {
        switch (name) {
            case INPUT -> input = number;
            case OUTPUT -> output = number;
            case TIMED_INPUT -> timedInput = number;
            case TIMED_OUTPUT -> timedOutput = number;
            case TEXT, DELTA, OTHER -> {
                // No number is looked for.
            }
        }
        place = Place.TEXT;
        restart();
    }

    private void restart() {
        length = 0;
        hash = 0;
    }

    private static boolean isSpace(byte next) {
        return next == ' ' || next == '\t' || next == '\n' || next == '\r';
    }

    private static boolean isDigit(byte next) {
        return next >= '0' && next <= '9';
    }
}
