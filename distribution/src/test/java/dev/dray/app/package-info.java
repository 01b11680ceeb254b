/// Tests of the composition root's own parts: what can be tried without a process.
@org.jspecify.annotations.NullMarked
package dev.dray.app;
