/// The plugins for model servers that speak the OpenAI API: one class for each id, one body of code for all.
///
/// What happens here: the environment is read once into a [dev.dray.spi.Backend]; after that every call is a function
/// of the payload. May enter: the SPI, the model, the JDK. Must not: a JSON tree, a thread, a socket, state that
/// changes. Read [OpenAiFamily] first, then [RouteMaker]. Threads: everything is immutable and safe to share.
@org.jspecify.annotations.NullMarked
package dev.dray.plugin.openai;
