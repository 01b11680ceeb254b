/// A worker without Java: routes, prices, requests and benchmarks as expressions in `worker.yaml`.
///
/// What happens here: [DeclarativePlugin] serves the routes that stand in the file, and lends
/// [CelOverlay] to the worker, which lays expressions in CEL (the library dev.cel) over routes of any
/// plugin. [Language] compiles them, [PayloadView] shows them the client's bytes without building a
/// tree, [CelRoute] asks them. May enter: `dev.dray.spi` and `dev.dray.model`, CEL and what it brings.
/// Must not: the rest of dray. Read [CelOverlay] first. Threads: nothing changes after the start; each
/// evaluation has views and a [Budget] of its own, on its request's thread.
@org.jspecify.annotations.NullMarked
package dev.dray.plugin.declarative;
