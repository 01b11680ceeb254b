package dev.dray.app.inspect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dray.app.config.Effective;
import java.util.ArrayList;
import java.util.List;

/// Writes a [CheckReport] for a person, or for a script.
public final class CheckText {
    private static final int WIDEST_VALUE = 100;

    private CheckText() {}

    /// Lines for a person: settings, then routes. Problems and warnings are not among them.
    public static List<String> lines(CheckReport report) {
        var lines = new ArrayList<String>();
        if (!report.settings().isEmpty()) {
            lines.add("settings");
        }
        int width = report.settings().stream()
                .mapToInt(setting -> setting.key().length())
                .max()
                .orElse(0);
        for (Effective setting : report.settings()) {
            lines.add("  %s  %s  (%s)"
                    .formatted(
                            padded(setting.key(), width),
                            shortened(setting.value()),
                            setting.origin().text()));
        }
        report.plugin().ifPresent(plugin -> {
            lines.add("");
            lines.add("routes of plugin %s %s, %s".formatted(plugin.id(), plugin.version(), plugin.jar()));
        });
        report.routes().forEach(route -> lines.addAll(lines(route)));
        return lines;
    }

    private static List<String> lines(RoutePreview route) {
        var lines = new ArrayList<String>();
        lines.add("  " + route.path());
        lines.add("      queue       %s; %s; %s"
                .formatted(
                        route.queue(),
                        route.shed().equals(RoutePreview.NEVER)
                                ? "never shed"
                                : "shed above an estimated wait of " + route.shed(),
                        route.expelled().equals(RoutePreview.NEVER)
                                ? "never expelled"
                                : "expelled after " + route.expelled()));
        var limits = new ArrayList<String>();
        route.timeOuts().forEach((name, limit) -> limits.add(name + " " + limit));
        lines.add("      time-outs   " + String.join(", ", limits));
        lines.add("      cost        " + shortened(route.cost()));
        lines.add("      request     " + shortened(route.request()));
        if (!route.benchmark().isEmpty()) {
            lines.add("      benchmark   " + route.benchmark());
        }
        return lines;
    }

    /// The same and all else as one JSON object.
    public static String json(CheckReport report) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("valid", report.problems().isEmpty());
        report.plugin()
                .ifPresent(plugin -> root.putObject("plugin")
                        .put("id", plugin.id())
                        .put("version", plugin.version())
                        .put("jar", plugin.jar().toString()));
        ArrayNode settings = root.putArray("settings");
        for (Effective setting : report.settings()) {
            settings.addObject()
                    .put("key", setting.key())
                    .put("value", setting.value())
                    .put("origin", setting.origin().text());
        }
        ArrayNode routes = root.putArray("routes");
        report.routes().forEach(route -> write(route, routes.addObject()));
        ArrayNode problems = root.putArray("problems");
        report.problems().forEach(problems::add);
        ArrayNode warnings = root.putArray("warnings");
        report.warnings().forEach(warnings::add);
        return root.toPrettyString();
    }

    private static void write(RoutePreview route, ObjectNode node) {
        node.put("route", route.path())
                .put("queue", route.queue())
                .put("shed-above", route.shed())
                .put("expelled-after", route.expelled());
        ObjectNode timeOuts = node.putObject("time-outs");
        route.timeOuts().forEach(timeOuts::put);
        node.put("cost", route.cost()).put("request", route.request());
        if (route.benchmark().isEmpty()) {
            node.putNull("benchmark");
        } else {
            node.put("benchmark", route.benchmark());
        }
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    private static String shortened(String text) {
        String line = text.replace('\n', ' ');
        return line.length() <= WIDEST_VALUE ? line : line.substring(0, WIDEST_VALUE) + "…";
    }
}
