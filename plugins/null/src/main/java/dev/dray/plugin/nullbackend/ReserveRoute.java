package dev.dray.plugin.nullbackend;

import dev.dray.model.Bytes;
import dev.dray.model.JsonValue.JsonNull;
import dev.dray.model.JsonValue.JsonNumber;
import dev.dray.model.RequestPayload;
import dev.dray.spi.LocalRoute;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Holds the worker for as long as the request lasts: until the control port is told to release it, the
/// time asked for
/// is over, or the client hangs up. For clients older than sessions. One at a time, and none waits for
/// another.
///
/// @param longest seconds; also where the payload names none
record ReserveRoute(Reservation reservation, BigDecimal longest) implements LocalRoute {
    /// A year.
    static final BigDecimal LONGEST_SECONDS = BigDecimal.valueOf(31_536_000);

    private static final int NANO_DIGITS = 9;

    @Override
    public String path() {
        return "/reserve";
    }

    @Override
    public Optional<Duration> maxQueueTime() {
        return Optional.of(Duration.ZERO);
    }

    @Override
    public Map<String, String> check(RequestPayload payload) {
        boolean good = switch (payload.at("/duration").orElse(null)) {
            case null -> true;
            case JsonNull _ -> true;
            case JsonNumber seconds -> seconds.value() >= 0;
            default -> false;
        };
        return good ? Map.of() : Map.of("duration", "expected seconds, 0 or more, or nothing for the longest time");
    }

    @Override
    public Bytes call(RequestPayload payload) throws InterruptedException {
        double asked = payload.numeric("/duration").orElse(Double.POSITIVE_INFINITY);
        BigDecimal seconds = asked < longest.doubleValue() ? BigDecimal.valueOf(asked) : longest;
        String shown = seconds.stripTrailingZeros().toPlainString();
        Duration time = Duration.ofNanos(seconds.movePointRight(NANO_DIGITS).longValue());
        return Bytes.utf8(
                reservation.hold(time)
                        ? "{\"released\": \"explicit\", \"duration_cap\": " + shown + "}"
                        : "{\"released\": \"duration_elapsed\", \"duration\": " + shown + "}");
    }
}
