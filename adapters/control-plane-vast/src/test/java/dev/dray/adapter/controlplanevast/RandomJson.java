package dev.dray.adapter.controlplanevast;

import java.util.SplittableRandom;

/// Writes valid JSON of every kind, with odd white space, escapes, wide characters and doubled names.
record RandomJson(SplittableRandom random) {
    private static final String[] SPACES = {"", "", "", " ", "\n", "\t", "\r\n  "};
    private static final String[] NUMBERS = {
        "0",
        "-0",
        "7",
        "-12",
        "3.25",
        "1e3",
        "1E-2",
        "-0.5e+7",
        "12345678901234567890",
        "1e308",
        "NaN",
        "Infinity",
        "-Infinity",
        "0.1",
        "100000"
    };
    private static final String[] CHARACTERS = {
        "a",
        "b",
        "/",
        "~",
        "~1",
        "{",
        "]",
        ",",
        " ",
        "é",
        "€",
        "😀",
        "\\\"",
        "\\\\",
        "\\/",
        "\\b",
        "\\f",
        "\\n",
        "\\r",
        "\\t",
        "\\u0041",
        "\\u00e9",
        "\\uD83D\\uDE00",
        "\\u0000",
        "\u007f",
        "plain text of some length"
    };

    String text() {
        return space() + value(0) + space();
    }

    private String value(int depth) {
        return switch (random.nextInt(depth > 4 ? 5 : 8)) {
            case 0 -> "null";
            case 1 -> random.nextBoolean() ? "true" : "false";
            case 2, 3 -> pick(NUMBERS);
            case 4 -> string();
            case 5 -> array(depth);
            default -> object(depth);
        };
    }

    private String array(int depth) {
        var text = new StringBuilder("[").append(space());
        int size = random.nextInt(5);
        for (int i = 0; i < size; i++) {
            text.append(i == 0 ? "" : "," + space()).append(value(depth + 1)).append(space());
        }
        return text.append(']').toString();
    }

    private String object(int depth) {
        var text = new StringBuilder("{").append(space());
        int size = random.nextInt(6);
        for (int i = 0; i < size; i++) {
            text.append(i == 0 ? "" : "," + space()).append(string()).append(space());
            text.append(':').append(space()).append(value(depth + 1)).append(space());
        }
        return text.append('}').toString();
    }

    private String string() {
        var text = new StringBuilder("\"");
        int size = random.nextInt(random.nextInt(8) == 0 ? 40 : 3);
        for (int i = 0; i < size; i++) {
            text.append(pick(CHARACTERS));
        }
        return text.append('"').toString();
    }

    private String space() {
        return pick(SPACES);
    }

    private String pick(String[] from) {
        return from[random.nextInt(from.length)];
    }
}
