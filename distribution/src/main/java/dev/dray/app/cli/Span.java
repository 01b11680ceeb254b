package dev.dray.app.cli;

import dev.dray.app.config.Measures;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a span of time of the command line, as `worker.yaml` has them.
final class Span implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String value) {
        return Measures.span(value)
                .orElseThrow(() -> new TypeConversionException(
                        "'" + value + "', expected a duration such as 500ms, 60s or 10m, or a number of seconds"));
    }
}
