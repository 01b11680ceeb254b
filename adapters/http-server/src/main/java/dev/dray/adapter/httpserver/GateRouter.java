package dev.dray.adapter.httpserver;

import io.helidon.webserver.Router;
import io.helidon.webserver.Routing;
import java.util.List;

/// Helidon's way to a routing, with only one at its end.
record GateRouter(GateRouting routing) implements Router {
    @Override
    public <T extends Routing> T routing(Class<T> type, T otherwise) {
        return type.isInstance(routing) ? type.cast(routing) : otherwise;
    }

    @Override
    public List<? extends Routing> routings() {
        return List.of(routing);
    }

    @Override
    public void beforeStart() {
        // Nothing to prepare.
    }

    @Override
    public void afterStop() {
        // Nothing to release.
    }
}
