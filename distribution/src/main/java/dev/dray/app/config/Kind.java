package dev.dray.app.config;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// The type of a key: how a value is read, and what a person is told to write.
///
/// @param <T> what comes out
interface Kind<T> {
    /// What may be written, for messages and the reference: `a duration such as 500ms, 60s or 10m`.
    String expected();

    Reading<T> read(YamlValue value);

    /// What it reads in a file, as JSON Schema; a new node each time. Values are compared with the schema by a
    /// test, so that both say the same.
    ObjectNode schema();

    /// What became of one value.
    sealed interface Reading<T> {
        record Good<T>(T value) implements Reading<T> {}

        /// It is not one.
        ///
        /// @param culprit  the value, or the part of it, that is wrong
        /// @param expected what should be there
        record Bad<T>(YamlValue culprit, String expected) implements Reading<T> {}
    }
}
