/// Tests of log rules, states and tallies: one example for each sentence, edges by exhaustion.
@org.jspecify.annotations.NullMarked
package dev.dray.domain.readiness;
