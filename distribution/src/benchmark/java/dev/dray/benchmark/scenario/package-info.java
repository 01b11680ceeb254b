/// What is asked of each contender, and which figures are taken of it.
@NullMarked
package dev.dray.benchmark.scenario;

import org.jspecify.annotations.NullMarked;
