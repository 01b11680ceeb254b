/// The language of the file, tried on payloads: prices, requests, templates, budgets, and what is said
/// of mistakes.
@org.jspecify.annotations.NullMarked
package dev.dray.plugin.declarative;
