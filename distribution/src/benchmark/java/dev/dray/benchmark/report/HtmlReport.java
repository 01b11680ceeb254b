package dev.dray.benchmark.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;

/// A run as one page that loads nothing: targets, plots, all figures.
public final class HtmlReport {
    private static final String UPLOT = "META-INF/resources/webjars/uplot/1.6.30/dist/";
    private static final JsonMapper JSON = new JsonMapper();

    private final Run run;

    public HtmlReport(Run run) {
        this.run = run;
    }

    public void write(Path file) throws IOException {
        Files.writeString(
                file,
                resource("dev/dray/benchmark/report/page.html")
                        .replace("{{when}}", text(run.when()))
                        .replace("{{machine}}", text(run.machine()))
                        .replace("{{load}}", text(run.loadBefore()))
                        .replace("{{options}}", text(String.join(" ", run.options())))
                        .replace("{{base}}", text(run.base()))
                        .replace("{{targets}}", targets())
                        .replace("{{figures}}", figures())
                        .replace("{{notes}}", notes())
                        .replace("{{uplot.css}}", resource(UPLOT + "uPlot.min.css"))
                        .replace("{{uplot.js}}", resource(UPLOT + "uPlot.iife.min.js"))
                        .replace("{{charts}}", charts().toString().replace("<", "\\u003c")));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = HtmlReport.class.getClassLoader().getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("the class path holds no " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private ArrayNode charts() {
        ArrayNode all = JSON.createArrayNode();
        run.results().charts().forEach((chart, lines) -> all.add(chart(chart, lines)));
        return all;
    }

    // All lines of a plot have the same x; where one has no point there is a gap.
    private static ObjectNode chart(Chart chart, Map<String, SortedMap<Double, Figure>> lines) {
        var x = new TreeSet<Double>();
        lines.values().forEach(points -> x.addAll(points.keySet()));
        ObjectNode node = JSON.createObjectNode()
                .put("title", chart.title())
                .put("x", chart.xLabel())
                .put("y", chart.yLabel())
                .put("logarithmic", chart.isGrowth());
        ArrayNode data = node.putArray("data");
        x.forEach(data.addArray()::add);
        ArrayNode names = node.putArray("names");
        ArrayNode verdicts = node.putArray("verdicts");
        lines.forEach((name, points) -> {
            names.add(name);
            ArrayNode y = data.addArray();
            x.forEach(at ->
                    Optional.ofNullable(points.get(at)).ifPresentOrElse(figure -> y.add(figure.median()), y::addNull));
            if (chart.isGrowth()) {
                verdicts.add(name + ": the cost " + Growth.atEndOf(points).verdict());
            }
        });
        return node;
    }

    private String targets() {
        var rows = new StringBuilder();
        for (String worker : run.workers()) {
            for (Target target : new Targets(worker).all()) {
                Target.Verdict verdict = target.verdict(run.results());
                rows.append("<tr class=\"%s\"><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>%n"
                        .formatted(
                                verdict.name().toLowerCase(Locale.ROOT),
                                text(worker),
                                text(target.what()),
                                text(target.goal()),
                                target.figure()
                                        .apply(run.results())
                                        .map(value -> Numbers.text(value) + " " + target.unit())
                                        .orElse("-"),
                                TextReport.word(verdict)));
            }
        }
        return rows.toString();
    }

    private String figures() {
        var rows = new StringBuilder("<tr><th>scenario</th><th>measure</th>");
        run.contenders().forEach(contender -> rows.append("<th>%s</th>".formatted(text(contender))));
        rows.append("</tr>\n");
        run.results().figures().forEach((measure, figures) -> {
            rows.append("<tr><td>%s</td><td>%s</td>"
                    .formatted(
                            text(measure.scenario()),
                            text(measure.name() + (measure.unit().isEmpty() ? "" : ", " + measure.unit()))));
            run.contenders()
                    .forEach(contender ->
                            rows.append("<td>%s</td>".formatted(text(TextReport.cell(run, figures, contender)))));
            rows.append("</tr>\n");
        });
        return rows.toString();
    }

    private String notes() {
        var list = new StringBuilder();
        run.results().notes().forEach(note -> list.append("<li>%s</li>%n".formatted(text(note))));
        return list.toString();
    }

    private static String text(String plain) {
        return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
