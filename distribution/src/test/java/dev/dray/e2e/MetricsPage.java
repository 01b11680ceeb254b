package dev.dray.e2e;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What stands on a worker's `/metrics`.
///
/// @param types  name of a family → `counter`, `gauge`, `histogram`, `summary`
/// @param labels name of a series, as `dray_request_seconds_bucket` → label → its values
/// @param values a whole series with its labels → value
record MetricsPage(
        Map<String, String> types, Map<String, Map<String, Set<String>>> labels, Map<String, Double> values) {
    private static final Pattern SERIES =
            Pattern.compile("(?<name>[a-zA-Z_:][\\w:]*)(?:\\{(?<labels>.*)})? (?<value>\\S+)");
    private static final Pattern LABEL = Pattern.compile("(?<name>\\w+)=\"(?<value>(?:[^\"\\\\]|\\\\.)*)\"");

    static MetricsPage read(String text) {
        var page = new MetricsPage(new TreeMap<>(), new TreeMap<>(), new HashMap<>());
        text.lines().forEach(page::line);
        return page;
    }

    private void line(String line) {
        if (line.startsWith("# TYPE ")) {
            String[] words = line.split(" ", -1);
            types.put(words[2], words[3]);
        } else if (!line.startsWith("#") && !line.isBlank()) {
            series(line);
        }
    }

    private void series(String line) {
        var series = SERIES.matcher(line);
        if (!series.matches()) {
            throw new AssertionError("no series: " + line);
        }
        values.put(line.substring(0, line.lastIndexOf(' ')), Double.parseDouble(series.group("value")));
        Map<String, Set<String>> known = labels.computeIfAbsent(series.group("name"), _ -> new TreeMap<>());
        if (series.group("labels") != null) {
            LABEL.matcher(series.group("labels"))
                    .results()
                    .forEach(label -> known.computeIfAbsent(label.group("name"), _ -> new HashSet<>())
                            .add(label.group("value")));
        }
    }

    double value(String series) {
        Double value = values.get(series);
        if (value == null) {
            throw new AssertionError("no series " + series + "; there are: " + values.keySet());
        }
        return value;
    }

    /// The family a series belongs to: a histogram's parts have names of their own.
    String family(String series) {
        return Stream.of("", "_bucket", "_count", "_sum")
                .filter(series::endsWith)
                .map(ending -> series.substring(0, series.length() - ending.length()))
                .filter(types::containsKey)
                .findFirst()
                .orElse("");
    }

    /// What a label says in all series of one name.
    Set<String> valuesOf(String series, String label) {
        return labels.getOrDefault(series, Map.of()).getOrDefault(label, Set.of());
    }

    /// Labels of all series of a family, without `le`.
    Set<String> labelsOf(String family) {
        var names = new HashSet<String>();
        for (String series : List.of(family, family + "_count")) {
            names.addAll(labels.getOrDefault(series, Map.of()).keySet());
        }
        return names;
    }
}
