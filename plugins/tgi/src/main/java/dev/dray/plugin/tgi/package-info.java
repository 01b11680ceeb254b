/// The plugin for Text Generation Inference (TGI).
///
/// What happens here: [TgiPlugin] gives it a name, [TgiBackend] says where the router listens and what
/// its log means, [GenerateRoute] prices a request by the tokens it may make. May enter: the SPI, the
/// model, the JDK. Must not: a thread, a socket, state that changes. Read [GenerateRoute] first.
/// Threads: everything is immutable and safe to share.
@org.jspecify.annotations.NullMarked
package dev.dray.plugin.tgi;
