/// The dashboard at `/` of the admin listener: hand-written files out of the jar, and one chart library.
///
/// The page itself stands in `src/main/resources`, in a folder of the same name: `index.html` first, then
/// `dashboard.js`. Its modules ask `/status` and `/history` once and then follow `/events`. May enter: the JDK,
/// exchange records of the ports. Must not: the worker, settings, anything that changes while it runs; a file is
/// the same for every visitor. Thread-safe. Read [PageFiles] first.
@org.jspecify.annotations.NullMarked
package dev.dray.app.admin.page;
