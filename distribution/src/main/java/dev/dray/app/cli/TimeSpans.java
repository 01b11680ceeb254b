package dev.dray.app.cli;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads durations as the configuration file has them: `500ms`, `30s`, `10m`, `1h`, or a number of seconds.
final class TimeSpans implements ITypeConverter<Duration> {
    private static final Pattern SPAN = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?)(ms|s|m|h|)");
    private static final Map<String, BigDecimal> NANOS = Map.of(
            "ms", BigDecimal.valueOf(1_000_000),
            "s", BigDecimal.valueOf(1_000_000_000),
            "", BigDecimal.valueOf(1_000_000_000),
            "m", BigDecimal.valueOf(60_000_000_000L),
            "h", BigDecimal.valueOf(3_600_000_000_000L));
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    @Override
    public Duration convert(String text) {
        Matcher parts = SPAN.matcher(text.strip());
        if (parts.matches()) {
            BigDecimal nanos =
                    new BigDecimal(parts.group(1)).multiply(NANOS.getOrDefault(parts.group(2), BigDecimal.ZERO));
            if (nanos.compareTo(MOST) <= 0) {
                return Duration.ofNanos(nanos.longValue());
            }
        }
        throw new TypeConversionException("found '%s', expected a time like 500ms, 30s, 10m or 1h".formatted(text));
    }
}
