/// The commands: reads the command line, prints, exits. The only place that prints.
///
/// May enter: the composition root, the demo, picocli. Must not: rules, adapters' insides. Read [Main] first.
/// Everything runs on the main thread; what other threads have to say goes through [Terminal], which is
/// thread-safe.
@org.jspecify.annotations.NullMarked
package dev.dray.app.cli;
