package dev.dray.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A question in Prometheus' language, held against what a worker has: names, types, labels and their values.
///
/// Reads no more of the language than the dashboard and the alert rules use.
record Query(String text) {
    private static final Pattern SELECTOR = Pattern.compile(
            "(?<function>\\b[a-z_]+\\()?(?<name>\\b(?:dray|gen_ai|process|jvm|system)_\\w+)(?:\\{(?<matchers>[^}]*)})?");
    private static final Pattern MATCHER =
            Pattern.compile("(?<label>\\w+)\\s*(?<sign>=~|!=|!~|=)\\s*\"(?<value>[^\"]*)\"");
    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|on) \\((?<labels>[^)]*)\\)");

    /// What Prometheus adds to every series.
    private static final Set<String> OF_THE_SCRAPE = Set.of("instance", "job");

    private static final Set<String> OVER_COUNTERS = Set.of("rate(", "increase(");

    /// What is wrong with it; empty where nothing is.
    List<String> mistakes(MetricsPage page) {
        var mistakes = new ArrayList<String>();
        var labels = new ArrayList<String>();
        var selectors = SELECTOR.matcher(GROUPING.matcher(text).replaceAll(""));
        while (selectors.find()) {
            String name = selectors.group("name");
            if (!page.labels().containsKey(name)) {
                mistakes.add("no series " + name);
                continue;
            }
            labels.addAll(page.labels().getOrDefault(name, Map.of()).keySet());
            type(page, name, selectors.group("function")).forEach(mistakes::add);
            matchers(page, name, selectors.group("matchers")).forEach(mistakes::add);
        }
        if (labels.isEmpty() && mistakes.isEmpty() && !text.matches("(?s).*\\b(?:dray|gen_ai|process)_.*")) {
            mistakes.add("asks for nothing of a worker");
        }
        GROUPING.matcher(text)
                .results()
                .flatMap(group -> List.of(group.group("labels").split("\\s*,\\s*", -1)).stream())
                .filter(label -> !labels.contains(label) && !OF_THE_SCRAPE.contains(label))
                .forEach(label -> mistakes.add("groups by " + label + ", which nothing it asks for has"));
        return mistakes;
    }

    private static List<String> type(MetricsPage page, String name, @Nullable String function) {
        boolean asCounter = function != null && OVER_COUNTERS.contains(function);
        boolean counter = Set.of("counter", "histogram").contains(page.types().get(page.family(name)));
        if (asCounter == counter) {
            return List.of();
        }
        return List.of(name
                + (counter
                        ? " only grows, and is not under rate or increase"
                        : " is no counter, and under " + function));
    }

    private static List<String> matchers(MetricsPage page, String name, @Nullable String matchers) {
        var mistakes = new ArrayList<String>();
        MATCHER.matcher(matchers == null ? "" : matchers).results().forEach(matcher -> {
            String label = matcher.group("label");
            Set<String> values = page.valuesOf(name, label);
            if (OF_THE_SCRAPE.contains(label)) {
                return;
            }
            for (String value : matcher.group("value").split("\\|", -1)) {
                if (!values.contains(value)) {
                    mistakes.add("no series %s with %s=\"%s\"".formatted(name, label, value));
                }
            }
        });
        return mistakes;
    }
}
