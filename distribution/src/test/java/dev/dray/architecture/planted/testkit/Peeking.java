package dev.dray.architecture.planted.testkit;

import dev.dray.architecture.planted.domain.Rule;

/// Planted: a testkit that looks behind the core's front.
public class Peeking {
    public String at(Rule rule) {
        return rule.toString();
    }
}
