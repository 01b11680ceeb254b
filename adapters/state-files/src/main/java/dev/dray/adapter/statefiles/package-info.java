/// What outlives a restart: small files in the state directory, one per thing kept.
///
/// A file is replaced as a whole or not at all, and one that cannot be read is as good as absent: losing a file costs
/// time, never an answer. The journal appends lines instead, each with its checksum. May enter: ports, Jackson,
/// `java.nio.file`. Must not: what the kept things mean. Read [FileBenchmarkStore] and [FileOutcomeJournal]. Threads:
/// safe to share; a call does file work on the caller's thread, but for the journal, which has one of its own.
@org.jspecify.annotations.NullMarked
package dev.dray.adapter.statefiles;
