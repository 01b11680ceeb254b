package dev.dray.app.config;

import java.util.Objects;
import java.util.stream.Collectors;

/// One mistake in the configuration, in four parts: where, what was found, what is expected, what to do.
///
/// @param origin   where it stands
/// @param key      dotted key as in the file, `handlers[0].route`; empty where it is about no key
/// @param found    what is there; the whole message where nothing is expected
/// @param expected what may be there; empty for [#said(Origin, String, String)]
/// @param advice   what to do next; empty where the expectation says it
public record Problem(Origin origin, String key, String found, String expected, String advice) {
    public Problem {
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(found, "found");
        Objects.requireNonNull(expected, "expected");
        Objects.requireNonNull(advice, "advice");
    }

    /// A mistake in somebody else's words, a plugin's for example.
    public static Problem said(Origin origin, String key, String message) {
        return new Problem(origin, key, message, "", "");
    }

    /// One line: `worker.yaml:4: 'capacity': found 'fast'; expected a number above 0; …`. Ends of line in what was
    /// found
    /// stand as `\n`.
    public String text() {
        return words().lines().collect(Collectors.joining("\\n"));
    }

    private String words() {
        var line = new StringBuilder(origin.text()).append(": ");
        if (!key.isEmpty()) {
            line.append('\'').append(key).append("': ");
        }
        if (expected.isEmpty()) {
            return line.append(found).toString();
        }
        line.append("found ").append(found).append("; expected ").append(expected);
        if (!advice.isEmpty()) {
            line.append("; ").append(advice);
        }
        return line.toString();
    }

    @Override
    public String toString() {
        return text();
    }
}
