/// What outlives a restart: small files in the state directory, one per thing kept.
///
/// A file is replaced as a whole or not at all, and one that cannot be read is as good as absent: losing a file costs
/// time, never an answer. May enter: ports, Jackson, `java.nio.file`. Must not: what the kept things mean. Read
/// [FileBenchmarkStore]. Threads: safe to share; a call does file work on the caller's thread.
@org.jspecify.annotations.NullMarked
package dev.dray.adapter.statefiles;
