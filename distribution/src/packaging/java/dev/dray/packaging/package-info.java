/// Makes the folder that the tarball holds: the program, a Java runtime, lists of parts and licences, a start-up cache.
///
/// Run by `mvn verify` from source, after the program stands in `target/dray`; never part of what ships. Read
/// [MakePackage] first. May enter: the JDK, Jackson, and the demo's public classes for the training run.
/// Threads: the one that calls.
@org.jspecify.annotations.NullMarked
package dev.dray.packaging;
