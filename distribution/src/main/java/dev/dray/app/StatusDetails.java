package dev.dray.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dray.adapter.controlplanevast.PlatformStatus;
import dev.dray.adapter.modelclient.HttpModelServer;
import java.util.function.Consumer;

/// What the status page shows beside the worker's own state: backend, model server, platform.
final class StatusDetails implements Consumer<ObjectNode> {
    private final WorkerProgram.Setup setup;
    private final HttpModelServer model;
    private final PlatformSide platform;

    StatusDetails(WorkerProgram.Setup setup, HttpModelServer model, PlatformSide platform) {
        this.setup = setup;
        this.model = model;
        this.platform = platform;
    }

    @Override
    public void accept(ObjectNode root) {
        root.put("version", setup.version());
        root.put("backend", setup.assembled().plan().backendId());
        ObjectNode server = root.putObject("model-server");
        server.put("url", setup.assembled().model().url().toString());
        server.put("circuit-breaker", Meters.word(model.breakerState()));
        server.put("connections-open", model.connections().open());
        server.put("connections-idle", model.connections().idle());
        platform.vast().ifPresent(plane -> {
            ObjectNode last = root.putObject("last-report");
            plane.lastReport().ifPresent(report -> {
                last.put("at", report.at().toString());
                last.put("address", report.address());
                report.failure().ifPresent(failure -> last.put("failure", failure));
                report.acknowledged().ifPresent(at -> last.put("acknowledged", at.toString()));
                last.put("failures", report.failures());
            });
            addPlatform(root.putObject("platform"), plane.status());
        });
    }

    private static void addPlatform(ObjectNode platform, PlatformStatus status) {
        addLine(platform.putObject("reports"), status.reports());
        addLine(platform.putObject("outcomes"), status.deliveries());
        platform.put("outcomes-waiting", status.outcomesWaiting());
        platform.put("outcomes-dropped", status.outcomesDropped());
        ObjectNode key = platform.putObject("public-key");
        key.put("needed", status.keyNeeded());
        status.keyKnownSince().ifPresent(since -> key.put("known-since", since.toString()));
        addLine(key, status.keyFetches());
    }

    private static void addLine(ObjectNode line, PlatformStatus.Line status) {
        line.put("retries", status.repeated());
        line.put("failures-in-a-row", status.failuresInARow());
    }
}
