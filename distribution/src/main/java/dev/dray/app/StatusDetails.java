package dev.dray.app;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dray.adapter.controlplanevast.PlatformStatus;
import dev.dray.adapter.controlplanevast.ReportStatus;
import dev.dray.adapter.modelclient.ConnectionCounts;
import dev.dray.adapter.modelclient.HttpModelServers;
import dev.dray.port.inbound.ReadWorker;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/// What the status page shows beside the worker's own state, and may change: model servers, platform.
final class StatusDetails implements Consumer<ObjectNode> {
    private final WorkerProgram.Setup setup;
    private final ReadWorker worker;
    private final HttpModelServers model;
    private final PlatformSide platform;

    StatusDetails(WorkerProgram.Setup setup, ReadWorker worker, HttpModelServers model, PlatformSide platform) {
        this.setup = setup;
        this.worker = worker;
        this.model = model;
        this.platform = platform;
    }

    @Override
    public void accept(ObjectNode root) {
        root.put("version", setup.version());
        root.put("backend", setup.assembled().plan().backendId());
        ArrayNode servers = root.putArray("model-servers");
        List<ReadWorker.ServerSnapshot> snapshots = worker.servers();
        for (int place = 0; place < snapshots.size(); place++) {
            addServer(servers.addObject(), place, snapshots.get(place));
        }
        platform.vast().ifPresent(plane -> {
            ObjectNode last = root.putObject("last-report");
            plane.lastReport().ifPresent(report -> {
                last.put("at", report.at().toString());
                last.put("address", report.address());
                report.failure().ifPresent(failure -> last.put("failure", failure));
                report.acknowledged().ifPresent(at -> last.put("acknowledged", at.toString()));
                last.put("failures", report.failures());
            });
            ArrayNode reports = root.putArray("reports");
            plane.lastReports().forEach(report -> addReport(reports.addObject(), report));
            addPlatform(root.putObject("platform"), plane.status());
        });
    }

    private void addServer(ObjectNode server, int place, ReadWorker.ServerSnapshot now) {
        server.put("url", setup.assembled().model().servers().get(place).url().toString());
        server.put("alive", now.serves());
        server.put("state", now.readiness().state().name().toLowerCase(Locale.ROOT));
        server.put("since", now.readiness().since().toString());
        server.put("reason", now.readiness().reason());
        server.put("running", now.running());
        server.put("circuit-breaker", Meters.word(model.breakerState(place)));
        ConnectionCounts connections = model.connections(place);
        server.put("connections-open", connections.open());
        server.put("connections-idle", connections.idle());
    }

    private static void addReport(ObjectNode node, ReportStatus report) {
        node.put("at", report.at().toString());
        node.put("address", report.address());
        node.put("answer", report.failure().orElse("taken"));
        node.put("state", report.state().name().toLowerCase(Locale.ROOT));
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
