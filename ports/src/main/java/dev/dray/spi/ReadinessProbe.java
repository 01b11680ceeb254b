package dev.dray.spi;

import java.time.Duration;
import java.util.List;

/// A second sign, beside the log, that the model server is loaded: all these URLs answer 2xx in one
/// round.
///
/// For model servers whose log does not say so in every version. Whichever sign comes first counts; the
/// other then changes nothing. Probing begins anew with each run of the model server that the log shows.
///
/// @param urls     absolute `http` URLs, asked by `GET`; one or more
/// @param delay    from the start of a run to the first round
/// @param interval from the end of a round to the next
/// @param timeOut  of one question
/// @param deadline from the start of a run until it is given up; the log may still say it
/// @since 1.0
public record ReadinessProbe(
        List<String> urls, Duration delay, Duration interval, Duration timeOut, Duration deadline) {
    public ReadinessProbe {
        urls = List.copyOf(urls);
        if (urls.isEmpty()) {
            throw new IllegalArgumentException("a readiness probe needs one URL or more");
        }
        if (delay.isNegative() || !interval.isPositive() || !timeOut.isPositive() || !deadline.isPositive()) {
            throw new IllegalArgumentException(
                    "a readiness probe needs a delay of 0 or more and positive times, found delay=%s interval=%s timeOut=%s deadline=%s"
                            .formatted(delay, interval, timeOut, deadline));
        }
    }
}
