/// What a plugin author sees: how to teach the worker one model server.
///
/// A plugin is a jar with a [BackendPlugin] listed under `META-INF/services`, loaded by a class loader of its own
/// whose only windows are this package and `dev.dray.model`. May enter: `.model`. Must not: types of an HTTP or
/// JSON library. Read [BackendPlugin], then [Route]. Threads: a backend is called from many request threads at once
/// and must not block.
@org.jspecify.annotations.NullMarked
package dev.dray.spi;
