package dev.dray.plugin.comfyui;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// What this jar brings along.
final class Resources {
    /// A line between two texts: texts may have several lines.
    private static final String BETWEEN = "\\R---\\R";

    private Resources() {}

    static String text(String name) {
        try (InputStream in = Objects.requireNonNull(Resources.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException fault) {
            throw new UncheckedIOException("cannot read " + name + " of the plugin's jar; the jar is damaged", fault);
        }
    }

    static List<String> texts(String name) {
        return Stream.of(text(name).split(BETWEEN)).map(String::strip).toList();
    }
}
