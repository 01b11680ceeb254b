package dev.dray.app;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dray.app.config.Effective;
import dev.dray.app.config.Secrets;
import dev.dray.app.plugin.PluginEntry;
import dev.dray.domain.worker.RoutePlan;
import dev.dray.spi.Concurrency;
import java.time.Duration;
import java.util.function.Consumer;

/// What the status page shows and what stays as it is while the worker runs: plugin, routes, settings.
record StatusSettings(WorkerProgram.Setup setup) implements Consumer<ObjectNode> {
    @Override
    public void accept(ObjectNode root) {
        PluginEntry entry = setup.assembled().local().plugin();
        ObjectNode plugin = root.putObject("plugin");
        plugin.put("id", entry.id());
        plugin.put("version", entry.version());
        plugin.put("jar", entry.jar().toString());
        ArrayNode routes = plugin.putArray("routes");
        setup.assembled().plan().routes().forEach(route -> add(routes.addObject(), route));
        ArrayNode settings = root.putArray("settings");
        for (Effective each : setup.assembled().effective()) {
            Effective setting = Secrets.hidden(each);
            settings.addObject()
                    .put("key", setting.key())
                    .put("value", setting.value())
                    .put("origin", setting.origin().text());
        }
    }

    private void add(ObjectNode node, RoutePlan route) {
        node.put("route", route.path());
        switch (route.concurrency()) {
            case Concurrency.Parallel _ -> node.put("parallel", true);
            case Concurrency.Serial(String queue) -> node.put("parallel", false).put("queue", queue);
        }
        route.maxQueueTime().ifPresent(limit -> node.put("max-queue-time", seconds(limit)));
        route.queueTimeOut().ifPresent(limit -> node.put("queue-time-out", seconds(limit)));
        node.put("local", setup.assembled().local().routes().containsKey(route.path()));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
