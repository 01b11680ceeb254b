package dev.dray.adapter.controlplanevast;

import java.math.BigDecimal;
import java.util.HexFormat;

/// Writes JSON the way Python's `json.dumps` does: pure ASCII, lower-case hex, shortest numbers.
///
/// The platform signs texts in this form, so it must match to the byte; Jackson's ASCII escapes are upper-case and
/// leave DEL alone.
final class PythonJson {
    private static final HexFormat HEX = HexFormat.of();

    private PythonJson() {}

    static String quote(String text) {
        var out = new StringBuilder(text.length() + 16);
        quote(out, text);
        return out.toString();
    }

    static void quote(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            character(out, text.charAt(i));
        }
        out.append('"');
    }

    private static void character(StringBuilder out, char c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            default -> {
                if (c >= ' ' && c <= '~') {
                    out.append(c);
                } else {
                    out.append("\\u").append(HEX.toHexDigits(c));
                }
            }
        }
    }

    /// A float as Python's `repr` prints it: `400.0`, `1e+16`, `1.5e-07`.
    static String number(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "Infinity" : "-Infinity";
        }
        double size = Math.abs(value);
        if (size == 0 || (size >= 1e-4 && size < 1e16)) {
            String plain = value == 0 ? Double.toString(value) : new BigDecimal(Double.toString(value)).toPlainString();
            return plain.indexOf('.') < 0 ? plain + ".0" : plain;
        }
        return scientific(Double.toString(value));
    }

    private static String scientific(String java) {
        int letter = java.indexOf('E');
        String mantissa = java.substring(0, letter);
        int exponent = Integer.parseInt(java, letter + 1, java.length(), 10);
        String digits = mantissa.endsWith(".0") ? mantissa.substring(0, mantissa.length() - 2) : mantissa;
        return "%se%s%02d".formatted(digits, exponent < 0 ? "-" : "+", Math.abs(exponent));
    }
}
