/// What `dray bench` says, by example.
@org.jspecify.annotations.NullMarked
package dev.dray.app.bench;
