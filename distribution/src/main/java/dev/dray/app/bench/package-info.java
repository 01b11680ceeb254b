/// Wires the benchmark on demand, and puts into words what came of it: a table, JSON, a page, settings that follow.
///
/// May enter: the domain's benchmark, the worker's side towards the model server, settings, the files of pages. Must
/// not: printing. Read [BenchProgram] first, then [BenchReport]. All but [BenchProgram] is immutable.
@org.jspecify.annotations.NullMarked
package dev.dray.app.bench;
