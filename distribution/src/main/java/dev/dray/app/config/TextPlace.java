package dev.dray.app.config;

import dev.dray.app.config.YamlValue.Place;
import dev.dray.app.config.YamlValue.Scalar;

/// Finds the place in the file of a character in a text, whichever way YAML has of writing it: plain,
/// quoted, block.
///
/// YAML folds lines and strips indents, but it never adds or takes a character that is seen. So the
/// n-th such character
/// of the text is the n-th behind the start of the scalar, where an escape counts as what it stands for.
final class TextPlace {
    private final String file;
    private int at;
    private int line;
    private int column = 1;

    private TextPlace(String file, Place start) {
        this.file = file;
        this.line = 1;
        while (at < file.length() && (line < start.line() || (line == start.line() && column < start.column()))) {
            step();
        }
    }

    /// The place of a character.
    ///
    /// @param offset in code points of the text; its length for the end
    static Place of(String file, Scalar scalar, int offset) {
        String text = scalar.text();
        int index = text.offsetByCodePoints(0, Math.min(offset, text.codePointCount(0, text.length())));
        int before = (int) text.substring(0, index)
                .codePoints()
                .filter(c -> !Character.isWhitespace(c))
                .count();
        boolean seen = index < text.length() && !Character.isWhitespace(text.codePointAt(index));
        return new TextPlace(file, scalar.place()).behind(before, seen);
    }

    // What is not seen itself, the end too, stands right behind what is.
    private Place behind(int count, boolean toNext) {
        char style = peek(0);
        if (style == '|' || style == '>') {
            while (at < file.length() && peek(0) != '\n') {
                step();
            }
        } else if (style == '"' || style == '\'') {
            step();
        }
        for (int passed = 0; passed < count && at < file.length(); ) {
            passed += passOne(style) ? 1 : 0;
        }
        while (toNext && at < file.length() && isUnseen(style)) {
            passOne(style);
        }
        return new Place(line, column);
    }

    // Passes one character of the text; says whether it is one that is seen.
    private boolean passOne(char style) {
        boolean seen = !isUnseen(style);
        int length = 1;
        if (style == '\'' && peek(0) == '\'') {
            length = 2;
        } else if (style == '"' && peek(0) == '\\') {
            length = switch (peek(1)) {
                case 'x' -> 4;
                case 'u' -> 6;
                case 'U' -> 10;
                default -> 2;
            };
        }
        for (int i = 0; i < length && at < file.length(); i++) {
            step();
        }
        return seen;
    }

    private boolean isUnseen(char style) {
        if (style == '"' && peek(0) == '\\') {
            return switch (peek(1)) {
                case 'n', 't', 'r', 'v', 'f', ' ', '\t', '\r', '\n', 'L', 'P' -> true;
                case 'x' -> isSpace(2);
                case 'u' -> isSpace(4);
                case 'U' -> isSpace(8);
                default -> false;
            };
        }
        return Character.isWhitespace(file.codePointAt(at));
    }

    private boolean isSpace(int digits) {
        int from = at + 2;
        return from + digits <= file.length()
                && Character.isWhitespace(Integer.parseInt(file, from, from + digits, 16));
    }

    private char peek(int ahead) {
        return at + ahead < file.length() ? file.charAt(at + ahead) : '\0';
    }

    private void step() {
        int passed = file.codePointAt(at);
        at += Character.charCount(passed);
        if (passed == '\n') {
            line++;
            column = 1;
        } else {
            column++;
        }
    }
}
