/// What `dray bench` says of a sweep: as a table, as JSON, as a page, and as settings that follow from it.
///
/// May enter: the domain's results, settings, the files of pages. Must not: measuring anything, or printing. Read
/// [BenchReport] first. Everything here is immutable.
@org.jspecify.annotations.NullMarked
package dev.dray.app.bench;
