package dev.dray.app.plugin;

import dev.dray.app.config.Config;
import dev.dray.app.config.Effective;
import dev.dray.app.config.Origin;
import dev.dray.app.plugin.StartedBackend.Further;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// Capacity and sessions: the settings where the operator said something, else what the plugin says,
/// else dray's own.
///
/// @param capacity workload units per second; empty: measured
/// @param sessions open at once; empty: no limit
/// @param said     what holds because the plugin says so
record Measured(OptionalDouble capacity, OptionalInt sessions, List<Effective> said) {
    private static final String CAPACITY = "capacity";
    private static final String SESSIONS = "sessions.max";

    static Measured of(Config config, Further plugin, Origin origin) {
        var said = new ArrayList<Effective>();
        OptionalDouble capacity = config.capacity();
        if (plugin.capacity().isPresent() && isDefault(config, CAPACITY)) {
            capacity = plugin.capacity();
            said.add(new Effective(CAPACITY, number(capacity.getAsDouble()), origin));
        }
        OptionalInt sessions = config.limits().sessions();
        if (plugin.sessions().isPresent() && isDefault(config, SESSIONS)) {
            sessions = plugin.sessions();
            said.add(new Effective(SESSIONS, Integer.toString(sessions.getAsInt()), origin));
        }
        return new Measured(capacity, sessions, List.copyOf(said));
    }

    /// Puts what the plugin says in the place of the defaults.
    void layOver(List<Effective> effective) {
        for (Effective one : said) {
            effective.replaceAll(other -> other.key().equals(one.key()) ? one : other);
        }
    }

    private static boolean isDefault(Config config, String key) {
        return config.effective().stream()
                .filter(one -> one.key().equals(key))
                .allMatch(one -> one.origin() instanceof Origin.Default);
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
