/// The log: one line per event, for a person as `key=value` or for a collector as JSON, and levels that
/// change while the program runs.
///
/// A statement of dray's own is a constant with places, `request ended request={0} route={1}`, and the values
/// beside it: so each key is data, whatever the value holds. A value that is empty leaves its key out; an
/// exception after the last value brings its stack. Never a body, a token or a key.
///
/// May enter: java.util.logging, Jackson, the settings. Must not: streams, the core, adapters. Read [LogLines]
/// first. Any thread logs; everything here is thread-safe.
@org.jspecify.annotations.NullMarked
package dev.dray.app.logging;
