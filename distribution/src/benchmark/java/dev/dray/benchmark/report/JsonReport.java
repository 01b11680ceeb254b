package dev.dray.benchmark.report;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;

/// Everything of a run as JSON: each round of each figure, the charts, the targets.
public final class JsonReport {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Run run;

    public JsonReport(Run run) {
        this.run = run;
    }

    public void write(Path file) throws IOException {
        Files.writeString(file, JSON.writeValueAsString(tree()) + "\n");
    }

    ObjectNode tree() {
        ObjectNode root = JSON.createObjectNode()
                .put("when", run.when())
                .put("machine", run.machine())
                .put("load-before", run.loadBefore());
        run.options().forEach(root.putArray("options")::add);
        run.contenders().forEach(root.putArray("contenders")::add);
        ArrayNode figures = root.putArray("figures");
        run.results().figures().forEach((measure, all) -> figures.add(figure(measure, all)));
        ArrayNode charts = root.putArray("charts");
        run.results().charts().forEach((chart, lines) -> charts.add(chart(chart, lines)));
        ArrayNode targets = root.putArray("targets");
        run.workers()
                .forEach(worker -> new Targets(worker).all().forEach(target -> targets.add(target(worker, target))));
        run.results().notes().forEach(root.putArray("notes")::add);
        return root;
    }

    private static ObjectNode figure(Results.Measure measure, Map<String, Figure> all) {
        ObjectNode node = JSON.createObjectNode()
                .put("scenario", measure.scenario())
                .put("measure", measure.name())
                .put("unit", measure.unit());
        all.forEach((contender, figure) -> {
            ObjectNode one = node.putObject(contender)
                    .put("median", figure.median())
                    .put("least", figure.least())
                    .put("most", figure.most());
            figure.rounds().forEach(one.putArray("rounds")::add);
        });
        return node;
    }

    private static ObjectNode chart(Chart chart, Map<String, SortedMap<Double, Figure>> lines) {
        ObjectNode node = JSON.createObjectNode()
                .put("title", chart.title())
                .put("x", chart.xLabel())
                .put("y", chart.yLabel());
        ArrayNode all = node.putArray("lines");
        lines.forEach((name, points) -> {
            ObjectNode line = all.addObject().put("name", name);
            if (chart.isGrowth()) {
                line.put("exponent", Growth.atEndOf(points).exponent());
            }
            points.keySet().forEach(line.putArray("x")::add);
            points.values().stream().map(Figure::median).forEach(line.putArray("y")::add);
        });
        return node;
    }

    private ObjectNode target(String worker, Target target) {
        ObjectNode node = JSON.createObjectNode()
                .put("worker", worker)
                .put("target", target.what())
                .put("goal", target.goal())
                .put("verdict", TextReport.word(target.verdict(run.results())));
        target.figure().apply(run.results()).ifPresent(value -> node.put("figure", value));
        return node;
    }
}
