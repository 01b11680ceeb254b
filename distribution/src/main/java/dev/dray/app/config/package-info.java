/// What the operator wants: `worker.yaml`, environment and flags made into one immutable [Config], or a list of all
/// mistakes at once.
///
/// May enter: the JDK, Jackson's YAML reader, `.model`. Must not: the process environment (it is handed in), the
/// other rooms of the program. Nothing here starts or opens anything but the configuration file.
/// Read [Keys] first: it is the one table of every key, type, default and variable. Then [Configs], which reads by
/// it, and [Config], which comes out.
/// Threads: everything is immutable or confined to one call.
@org.jspecify.annotations.NullMarked
package dev.dray.app.config;
