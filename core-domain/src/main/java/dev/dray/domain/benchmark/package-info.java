/// Measures how many workload units per second the model server carries: bursts of requests, round by round.
///
/// [Distribution], [Round] and [Rounds] are mathematics alone; [BenchmarkRun] asks the model server for exchanges and
/// lives on their callbacks. May enter: `.model`, `.port`, `.spi`, and `.domain.workload`, so that capacity and load
/// are priced alike. Must not: other domain packages, threads, a clock or chance of its own. Read [BenchmarkRun]
/// first, then [Rounds]. [BenchmarkRun] is safe to call from any thread; its short lock is never held during a call to
/// a port or plugin (the clock excepted).
@org.jspecify.annotations.NullMarked
package dev.dray.domain.benchmark;
