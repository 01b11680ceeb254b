/// The plugins for ComfyUI behind its API wrapper: any workflow, text to video, text to music.
///
/// What happens here: three plugins share one serial route whose payload goes to the wrapper untouched;
/// they differ in price, in the log they read and in what their benchmark asks for. May enter: the SPI,
/// the model, the JDK; files of benchmark workflows are read. Must not: a thread, a socket. Read
/// [ComfyJsonPlugin] first, then [BenchmarkWorkflow]. Threads: everything is immutable or made for many
/// threads.
@org.jspecify.annotations.NullMarked
package dev.dray.plugin.comfyui;
