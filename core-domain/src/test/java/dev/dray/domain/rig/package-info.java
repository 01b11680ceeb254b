/// Fakes for the tests of this module: virtual time, a model server and a health probe that answer as a test says.
///
/// May enter: the ports. Single-threaded, like the tests that use them. Read [VirtualTime] first.
@org.jspecify.annotations.NullMarked
package dev.dray.domain.rig;
