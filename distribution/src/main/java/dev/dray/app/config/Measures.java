package dev.dray.app.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Spans of time and amounts of memory as people write them.
public final class Measures {
    private static final Pattern AMOUNT = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([A-Za-z]*)");
    private static final Map<String, Long> NANOS = Map.of(
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L);
    private static final Map<String, Long> BYTES = Map.of(
            "B", 1L,
            "KiB", 1L << 10,
            "MiB", 1L << 20,
            "GiB", 1L << 30,
            "KB", 1_000L,
            "MB", 1_000_000L,
            "GB", 1_000_000_000L);

    private static final long MOST_SECONDS = Long.MAX_VALUE / 1_000_000_000L;

    private Measures() {}

    /// A span of time more than nothing, as an option of the command line gives it; empty where it is none.
    public static Optional<Duration> span(String text) {
        return amount(YamlValue.Scalar.loose(text), NANOS, "s")
                .filter(nanos -> nanos > 0)
                .map(Duration::ofNanos);
    }

    /// More than nothing.
    static Kind<Duration> duration() {
        return Kinds.scalar(
                "a duration such as 500ms, 60s or 10m, or a number of seconds",
                () -> Schemas.amount(NANOS.keySet(), false, MOST_SECONDS),
                scalar -> amount(scalar, NANOS, "s").filter(nanos -> nanos > 0).map(Duration::ofNanos));
    }

    /// Nothing or more.
    static Kind<Duration> durationOrZero() {
        return Kinds.scalar(
                "0, a duration such as 500ms, 60s or 10m, or a number of seconds",
                () -> Schemas.amount(NANOS.keySet(), true, MOST_SECONDS),
                scalar -> amount(scalar, NANOS, "s").map(Duration::ofNanos));
    }

    static Kind<Long> size(long most) {
        return Kinds.scalar(
                "a size such as 25MiB, or a number of bytes, at most " + most + " bytes",
                () -> Schemas.amount(BYTES.keySet(), false, most),
                scalar -> amount(scalar, BYTES, "B").filter(bytes -> bytes > 0 && bytes <= most));
    }

    private static Optional<Long> amount(YamlValue.Scalar scalar, Map<String, Long> units, String bare) {
        Optional<BigDecimal> number = Kinds.number(scalar);
        if (number.isPresent()) {
            return product(number.get(), units.getOrDefault(bare, 1L));
        }
        Matcher matcher = AMOUNT.matcher(scalar.text().trim());
        if (!Kinds.isTextual(scalar) || !matcher.matches()) {
            return Optional.empty();
        }
        return Optional.ofNullable(units.get(matcher.group(2)))
                .flatMap(unit -> product(new BigDecimal(matcher.group(1)), unit));
    }

    private static Optional<Long> product(BigDecimal number, long unit) {
        BigDecimal product = number.multiply(BigDecimal.valueOf(unit));
        boolean fits = product.signum() >= 0 && product.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
        return fits ? Optional.of(product.longValue()) : Optional.empty();
    }
}
