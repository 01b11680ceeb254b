/// A model server that is faster than whatever stands in front of it: one thread, one selector, answers made
/// beforehand. What it does is told by the request: [dev.dray.benchmark.model.Order].
@NullMarked
package dev.dray.benchmark.model;

import org.jspecify.annotations.NullMarked;
