/// Where the model server's log comes from: here a file that is followed for as long as the worker lives.
///
/// Bytes become numbered lines that are told to `ObserveModelLog`; what they mean is the core's business. May enter:
/// ports, `java.nio.file`. Must not: markers, readiness, a clock. Read [FollowedFile] first, then [LineSplitter].
/// Threads: one platform thread per followed file reads and tells; the splitter belongs to it alone.
@org.jspecify.annotations.NullMarked
package dev.dray.adapter.logsources;
