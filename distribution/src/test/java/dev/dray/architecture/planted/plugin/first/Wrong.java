package dev.dray.architecture.planted.plugin.first;

import dev.dray.architecture.planted.domain.Rule;
import dev.dray.architecture.planted.plugin.second.Other;
import dev.dray.architecture.planted.spi.BackendPlugin;

/// Planted: not final, not called a plugin, knows the core and another plugin.
public class Wrong implements BackendPlugin {
    public String both(Rule rule, Other other) {
        return rule.toString() + other;
    }
}
