/// The clients: one thread, one selector, as little work for each answer as can be, and no answer left out because the
/// one before it was late.
@NullMarked
package dev.dray.benchmark.load;

import org.jspecify.annotations.NullMarked;
