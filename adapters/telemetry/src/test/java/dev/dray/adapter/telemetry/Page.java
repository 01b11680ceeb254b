package dev.dray.adapter.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/// What stands on the page.
record Page(String text) {
    double value(String series) {
        return text.lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no series " + series + " on the page:\n" + text));
    }

    /// The one time recorded, in whole milliseconds.
    long millis(String timer) {
        assertThat(value(timer + "_count")).as(timer).isOne();
        return Math.round(value(timer + "_sum") * 1_000);
    }

    /// The same of a timer with labels.
    long millis(String timer, String labels) {
        assertThat(value(timer + "_count" + labels)).as(timer).isOne();
        return Math.round(value(timer + "_sum" + labels) * 1_000);
    }

    List<String> buckets(String timer) {
        return text.lines()
                .filter(line -> line.startsWith(timer + "_bucket{"))
                .map(line -> line.substring(line.indexOf("le=\"") + 4, line.indexOf("\"}")))
                .distinct()
                .toList();
    }
}
