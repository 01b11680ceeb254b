package dev.dray.adapter.controlplanevast;

import dev.dray.model.JsonValue;
import dev.dray.model.JsonValue.JsonArray;
import dev.dray.model.JsonValue.JsonBoolean;
import dev.dray.model.JsonValue.JsonNull;
import dev.dray.model.JsonValue.JsonNumber;
import dev.dray.model.JsonValue.JsonObject;
import dev.dray.model.JsonValue.JsonString;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// The text the platform signs: `auth_data.url` alone, printed by `json.dumps` with an indent of four.
final class SignedMessage {
    private static final int INDENT = 4;

    private SignedMessage() {}

    static byte[] of(String url) {
        return enclose(PythonJson.quote(url));
    }

    /// The message for a url as it was received, which may be any JSON value.
    static byte[] of(JsonValue url) {
        var text = new StringBuilder();
        print(text, url, 1);
        return enclose(text.toString());
    }

    private static byte[] enclose(String url) {
        return ("{\n    \"url\": " + url + "\n}").getBytes(StandardCharsets.US_ASCII);
    }

    private static void print(StringBuilder out, JsonValue value, int depth) {
        switch (value) {
            case JsonString string -> PythonJson.quote(out, string.value());
            case JsonNumber number -> out.append(number(number));
            case JsonBoolean bool -> out.append(bool.value());
            case JsonNull _ -> out.append("null");
            case JsonArray array -> print(out, array, depth);
            case JsonObject object -> print(out, object, depth);
        }
    }

    private static void print(StringBuilder out, JsonArray array, int depth) {
        String separator = "[";
        for (JsonValue element : array.elements()) {
            newLine(out.append(separator), depth + 1);
            print(out, element, depth + 1);
            separator = ",";
        }
        close(out, separator, "[]", depth);
    }

    private static void print(StringBuilder out, JsonObject object, int depth) {
        // A doubled name keeps its first place and takes its last value, as in a Python dict.
        Map<String, JsonValue> members = new LinkedHashMap<>();
        object.forEach((name, value) -> members.put(name.value(), value));
        String separator = "{";
        for (var member : members.entrySet()) {
            newLine(out.append(separator), depth + 1);
            PythonJson.quote(out, member.getKey());
            print(out.append(": "), member.getValue(), depth + 1);
            separator = ",";
        }
        close(out, separator, "{}", depth);
    }

    private static void close(StringBuilder out, String separator, String brackets, int depth) {
        if (!separator.equals(",")) {
            out.append(brackets);
            return;
        }
        newLine(out, depth);
        out.append(brackets.charAt(1));
    }

    private static void newLine(StringBuilder out, int depth) {
        out.append('\n').repeat(' ', depth * INDENT);
    }

    private static String number(JsonNumber number) {
        String text = number.source().utf8Text();
        return CanonicalJson.isInteger(text) ? new BigInteger(text).toString() : PythonJson.number(number.value());
    }
}
