/// What stands around the worker on a laptop: a model server that really generates, a control plane that really signs.
///
/// Both are real servers on the project's own HTTP listener, each just another `RequestGate`; `dray model-server`,
/// `dray control-plane` and `dray demo` start them. May enter: ports, the listener, the signer of the platform
/// adapter, Jackson. Must not: the core, a plugin. Read [DemoModelServer] and [LocalControlPlane] first. Threads:
/// each request has its own.
@org.jspecify.annotations.NullMarked
package dev.dray.app.demo;
