/// The plugin to read first: complete, tiny, and nothing in it that a plugin of your own would not need.
///
/// What happens here: three classes teach the worker one model server. [DemoPlugin] gives it a name, [DemoBackend] says
/// where it is and what its log means, [PromptRoute] says what it serves and what that costs. May enter: `dev.dray.spi`
/// and `dev.dray.model`, plus libraries of the plugin's own, which travel in its folder. Must not: anything else of
/// dray. Read them in that order. Threads: the worker calls routes from many threads at once, so nothing here changes
/// after the start.
@org.jspecify.annotations.NullMarked
package dev.dray.plugin.demo;
