/// Whether simulated histories are what they promise to be: varied, repeatable, and quick to notice.
@org.jspecify.annotations.NullMarked
package dev.dray.app.simulate;
