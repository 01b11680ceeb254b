/// Where the model server's log comes from: a file that is followed for as long as the worker lives, or a process that
/// dray starts itself and whose output it is.
///
/// Bytes become numbered lines that are told to `ObserveModelLog`; what they mean is the core's business. May enter:
/// ports, `java.nio.file`, `ProcessBuilder`. Must not: markers, readiness, when to start again. Read [FollowedFile]
/// first, then [LineSplitter]; for the process [OwnProcess], then `ProcessRun`. Threads: one platform thread per
/// followed file reads and tells, the splitter belongs to it alone; a process has one that reads and tells, and one
/// that waits for its end.
@org.jspecify.annotations.NullMarked
package dev.dray.adapter.logsources;
