package dev.dray.app.config;

import java.util.Optional;

/// A setting that may be switched off with the word `none`.
///
/// @param value empty for `none`
public record OrNone<T>(Optional<T> value) {}
