package dev.dray.port.testing;

import dev.dray.model.Bytes;
import dev.dray.model.JsonValue.JsonObject;
import dev.dray.model.JsonValue.Member;
import dev.dray.model.RequestPayload;
import java.util.ArrayList;
import java.util.List;

/// Payloads that no honest client sends and every worker receives: all of them JSON, none of them expected.
final class HostilePayloads {
    private static final int HUGE_CHARACTERS = 200_000;
    private static final int DEEP_LEVELS = 900;

    /// Values of every kind, in place of a whole payload and in place of each of its members.
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "false",
            "0",
            "-0.0",
            "-1",
            "0.1",
            "1e400",
            "-1e400",
            "NaN",
            "Infinity",
            "-Infinity",
            "9".repeat(400),
            "\"\"",
            "\" \"",
            "\"12\"",
            "\"12d\"",
            "\"NaN\"",
            "\"text\"",
            "\"\\ud800\"",
            "\"\\u0000\"",
            "\"\u00e9\u4e2d\ud83d\ude00\"",
            "[]",
            "[null]",
            "[[[1]]]",
            "[{\"role\": 1}]",
            "{}",
            "{\"\": null}",
            "{\"input\": {\"input\": null}}",
            "{\"a\": 1, \"a\": [2]}");

    private HostilePayloads() {}

    /// Hostile payloads that need no sample.
    static List<RequestPayload> plain() {
        var payloads = new ArrayList<RequestPayload>();
        VALUES.forEach(value -> payloads.add(RequestPayload.of(value)));
        payloads.add(RequestPayload.of("[".repeat(DEEP_LEVELS) + "]".repeat(DEEP_LEVELS)));
        payloads.add(RequestPayload.of("\"" + "x".repeat(HUGE_CHARACTERS) + "\""));
        return List.copyOf(payloads);
    }

    /// A good payload, and that payload with each member taken away, doubled, nested, huge, or of another kind.
    static List<RequestPayload> variationsOf(RequestPayload sample) {
        var payloads = new ArrayList<RequestPayload>();
        payloads.add(sample);
        if (sample.value() instanceof JsonObject object) {
            List<Member> members = object.members();
            for (int i = 0; i < members.size(); i++) {
                String name = members.get(i).name();
                payloads.add(rebuilt(members, i, List.of()));
                payloads.add(rebuilt(members, i, List.of(member(name, "1"), member(name, "null"))));
                payloads.add(rebuilt(members, i, List.of(member(name, "\"" + "x".repeat(HUGE_CHARACTERS) + "\""))));
                for (String value : VALUES) {
                    payloads.add(rebuilt(members, i, List.of(member(name, value))));
                }
            }
        }
        VALUES.forEach(value -> payloads.add(RequestPayload.of("{" + member("input", value) + "}")));
        payloads.add(
                RequestPayload.of("{" + member("input", sample.bytes().utf8Text()) + "," + member("other", "1") + "}"));
        return List.copyOf(payloads);
    }

    private static RequestPayload rebuilt(List<Member> members, int replaced, List<String> replacement) {
        var parts = new ArrayList<String>();
        for (int i = 0; i < members.size(); i++) {
            if (i == replaced) {
                parts.addAll(replacement);
            } else {
                Bytes value = members.get(i).value().source();
                parts.add(member(members.get(i).name(), value.utf8Text()));
            }
        }
        return RequestPayload.of("{" + String.join(",", parts) + "}");
    }

    // Every name escaped in full: hostile, and valid whatever stands in it.
    private static String member(String name, String json) {
        var quoted = new StringBuilder("\"");
        name.chars().forEach(c -> quoted.append("\\u%04x".formatted(c)));
        return quoted.append("\":").append(json).toString();
    }
}
