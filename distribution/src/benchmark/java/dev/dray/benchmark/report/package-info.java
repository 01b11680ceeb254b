/// What was measured, and what it says: medians, ratios, targets; as text, JSON and a page with plots.
@NullMarked
package dev.dray.benchmark.report;

import org.jspecify.annotations.NullMarked;
