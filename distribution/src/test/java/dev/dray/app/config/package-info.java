/// Files, variables and flags, right and wrong, and what the worker says to them.
///
/// Read [ConfigsTest] first. May enter: what the code under test may. Threads: none.
@org.jspecify.annotations.NullMarked
package dev.dray.app.config;
