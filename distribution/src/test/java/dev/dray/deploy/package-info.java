/// The files that run a package elsewhere, held to what reads them: Kubernetes and KEDA by schema, systemd by its own
/// checker, the Vast shim as a process.
///
/// Read [KubernetesManifestsTest] first. May enter: the JDK, Jackson, the schema validator, files of `src/main/dist`.
/// Threads: those of the processes and of a small HTTP server.
@org.jspecify.annotations.NullMarked
package dev.dray.deploy;
