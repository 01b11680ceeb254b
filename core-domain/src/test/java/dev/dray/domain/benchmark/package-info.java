/// Tests of the benchmark: its mathematics by example and by seed, its course under a virtual clock.
@org.jspecify.annotations.NullMarked
package dev.dray.domain.benchmark;
