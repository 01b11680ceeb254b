package dev.dray.app.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dray.domain.benchmark.Distribution;
import dev.dray.domain.benchmark.Saturation;
import dev.dray.domain.benchmark.Stage;
import dev.dray.model.BenchmarkResult;
import dev.dray.model.BenchmarkResult.Latency;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A report for a script. Times are seconds.
public final class BenchJson {
    private static final double NANOS = 1e9;
    private static final int BINS = 40;

    private final boolean withBins;

    private BenchJson(boolean withBins) {
        this.withBins = withBins;
    }

    /// The report as one JSON object.
    public static ObjectNode of(BenchReport report) {
        return new BenchJson(false).write(report);
    }

    /// The same with what a page draws: how often each time was taken.
    static ObjectNode forPage(BenchReport report) {
        return new BenchJson(true).write(report);
    }

    private ObjectNode write(BenchReport report) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("backend", report.subject().backend())
                .put("model-server", report.subject().url())
                .put("route", report.subject().route())
                .put("dray", report.subject().version())
                .put("at", report.at().toString())
                .put("ended", Figures.word(report.result().ending()))
                .put("reason", report.result().reason())
                .put("streamed", report.result().streamed());
        report.result()
                .capacity()
                .ifPresentOrElse(
                        capacity -> capacity(root.putObject("capacity"), capacity, report.subject()),
                        () -> root.putNull("capacity"));
        ArrayNode stages = root.putArray("stages");
        report.stages().forEach(stage -> stage(stages.addObject(), stage));
        report.result()
                .saturation()
                .ifPresentOrElse(
                        found -> saturation(root.putObject("saturation"), found), () -> root.putNull("saturation"));
        Recommendation.of(report)
                .ifPresentOrElse(
                        advice -> advice(root.putObject("advice"), advice, report), () -> root.putNull("advice"));
        return root;
    }

    private static void capacity(ObjectNode node, BenchmarkResult capacity, BenchReport.Subject subject) {
        node.put("units-per-second", capacity.unitsPerSecond())
                .put("concurrency", subject.burst())
                .put("spread", capacity.spread());
        ArrayNode rounds = node.putArray("rounds");
        capacity.roundsPerSecond().forEach(rounds::add);
        latency(node.putObject("first-byte"), capacity.firstByte());
        latency(node.putObject("end-to-end"), capacity.endToEnd());
    }

    private static void latency(ObjectNode node, Latency latency) {
        node.put("p50", latency.p50().toNanos() / NANOS)
                .put("p95", latency.p95().toNanos() / NANOS)
                .put("p99", latency.p99().toNanos() / NANOS)
                .put("max", latency.max().toNanos() / NANOS);
    }

    private void stage(ObjectNode node, Stage stage) {
        Stage.Throughput throughput = stage.throughput();
        node.put("concurrency", stage.concurrency())
                .put("ended", Figures.word(stage.end()))
                .put("answers", stage.answers().good());
        ObjectNode failed = node.putObject("failed");
        new TreeMap<>(stage.answers().failed()).forEach(failed::put);
        node.put("units-per-second", throughput.unitsPerSecond())
                .put("answers-per-second", throughput.answersPerSecond());
        if (throughput.tokensPerSecond().isPresent()) {
            node.put("tokens-per-second", throughput.tokensPerSecond().getAsDouble());
        } else {
            node.putNull("tokens-per-second");
        }
        node.put("spread", throughput.spread());
        ArrayNode rounds = node.putArray("rounds");
        throughput.rounds().forEach(rounds::add);
        times(node, "time-to-first-token", stage.times().first());
        times(node, "inter-token", stage.times().between());
        times(node, "end-to-end", stage.times().endToEnd());
    }

    private void times(ObjectNode parent, String name, Optional<Distribution> known) {
        if (known.isEmpty()) {
            parent.putNull(name);
            return;
        }
        Distribution times = known.get();
        ObjectNode node = parent.putObject(name).put("count", times.size());
        for (Map.Entry<String, Double> percentile : BenchTable.PERCENTILES.entrySet()) {
            node.put(percentile.getKey(), times.percentile(percentile.getValue()) / NANOS);
        }
        node.put("max", times.max() / NANOS);
        if (withBins) {
            ArrayNode bins = node.putArray("bins");
            times.bins(BINS)
                    .forEach(bin -> bins.addArray()
                            .add(bin.from() / NANOS)
                            .add(bin.to() / NANOS)
                            .add(bin.count()));
        }
    }

    private static void saturation(ObjectNode node, Saturation found) {
        node.put("knee", found.knee())
                .put("peak", found.peak())
                .put("units-per-second", found.unitsPerSecond())
                .put("saturated", found.saturated());
        if (found.breaksAt().isPresent()) {
            node.put("breaks-at", found.breaksAt().getAsInt());
        } else {
            node.putNull("breaks-at");
        }
    }

    private static void advice(ObjectNode node, Recommendation advice, BenchReport report) {
        report.result().advice().ifPresent(figures -> {
            node.put("concurrency", figures.concurrency())
                    .put("max-queue-time", figures.maxQueueTime().toMillis() / 1e3);
            if (figures.connections().isPresent()) {
                node.put("model-connections", figures.connections().getAsInt());
            } else {
                node.putNull("model-connections");
            }
        });
        node.put("worker.yaml", String.join("\n", advice.yaml()) + "\n");
        ArrayNode because = node.putArray("because");
        advice.because().forEach(because::add);
    }
}
