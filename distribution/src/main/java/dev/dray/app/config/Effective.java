package dev.dray.app.config;

/// One setting as it takes effect.
///
/// @param key    dotted key
/// @param value  in the words of the file; secrets are `(set)`, what has no value is `none`
/// @param origin where it comes from
public record Effective(String key, String value, Origin origin) {}
