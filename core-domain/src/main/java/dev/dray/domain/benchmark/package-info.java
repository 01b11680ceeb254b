/// Measures how many workload units per second the model server carries: at a worker's start by bursts of requests,
/// round by round; on demand by stages of rising concurrency.
///
/// [Distribution], [Rounds], [SaturationSearch] and [Advice] are mathematics alone; [BenchmarkRun], [StageRun] and
/// [Trial] ask the model server for exchanges and live on their callbacks; [Sweep] puts them in order. May enter:
/// `.model`, `.port`, `.spi`, and `.domain.workload`, so that capacity and load are priced alike. Must not: other
/// domain
/// packages, threads, a clock or chance of its own. Read [BenchmarkRun] first, then [Rounds], then [Sweep]. All of them
/// are safe to call from any thread; their short locks are never held during a call to a port or plugin (the clock
/// excepted).
@org.jspecify.annotations.NullMarked
package dev.dray.domain.benchmark;
