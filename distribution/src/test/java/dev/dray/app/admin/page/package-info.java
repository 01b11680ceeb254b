/// Tests of the files of the dashboard as the jar holds them; how the page behaves is seen in a browser, end to
/// end. May enter: the page package, exchange records. Must not: a listener, a worker. Read [PageFilesTest]
/// first. One thread.
@org.jspecify.annotations.NullMarked
package dev.dray.app.admin.page;
