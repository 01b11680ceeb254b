package dev.dray.plugin.nullbackend;

import dev.dray.spi.Backend;
import dev.dray.spi.Lifecycle;
import dev.dray.spi.LogRules;
import dev.dray.spi.ModelDefaults;
import dev.dray.spi.Route;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// No model server: what would be its address is the control port.
///
/// @param port    control port
/// @param health  absolute URL of the health check
/// @param reserve holds the worker by a request
record NullBackend(int port, String health, ReserveRoute reserve) implements Backend {
    private static final double UNITS_PER_SECOND = 100;

    @Override
    public ModelDefaults model() {
        return new ModelDefaults("http://127.0.0.1:" + port, Optional.empty(), Optional.of(health), Optional.empty());
    }

    @Override
    public LogRules logRules() {
        return new LogRules(List.of(), List.of(), List.of());
    }

    /// There is nothing to load.
    @Override
    public Optional<Lifecycle> lifecycle() {
        return Optional.of(new Lifecycle() {
            @Override
            public void enter() {}

            @Override
            public void exit() {}
        });
    }

    /// A session or a reservation is the whole worker, and costs 100.
    @Override
    public OptionalDouble capacity() {
        return OptionalDouble.of(UNITS_PER_SECOND);
    }

    @Override
    public OptionalInt maxSessions() {
        return OptionalInt.of(1);
    }

    @Override
    public List<Route> routes() {
        return List.of(new PingRoute(), reserve);
    }
}
