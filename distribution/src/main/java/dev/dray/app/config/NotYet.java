package dev.dray.app.config;

import java.util.Set;

/// Keys that are known and checked, but whose feature this version does not have. Writing one with its
/// default value changes nothing and is let pass; any other value is refused rather than silently
/// ignored.
///
/// Beside these keys: a token under `admin.token` ([ListenerReader]).
///
/// Building the feature means taking its key off this list.
final class NotYet {
    static final Set<String> KEYS = Set.of();

    /// What the messages about all of these have in common.
    static final String FOUND = "what is not supported by this version";

    private NotYet() {}

    /// Says that a key, or a value of it, is ahead of its time.
    static Problem problem(Origin origin, String shown, Key<?> key) {
        String expected = key.defaultText()
                .map(text -> "it left out, or its default '" + text + "'")
                .orElse("it left out");
        return new Problem(origin, shown, FOUND, expected, "remove it");
    }

    static boolean contains(Key<?> key) {
        return KEYS.contains(key.path());
    }
}
