package dev.dray.adapter.controlplanevast;

import dev.dray.port.exchange.Reply;
import dev.dray.port.outbound.Refusal;
import java.time.Duration;
import java.util.OptionalLong;

/// The header fields that go with every refusal, whatever its body.
final class RefusalHeaders {
    private static final long MAX_RETRY_SECONDS = 60;

    private RefusalHeaders() {}

    static Reply addTo(Reply reply, Refusal refusal) {
        Reply named = reply.with("X-Dray-Error-Source", refusal.source().word());
        OptionalLong seconds = retryAfterSeconds(refusal);
        return seconds.isPresent() ? named.with("Retry-After", Long.toString(seconds.getAsLong())) : named;
    }

    /// Whole seconds, rounded up, 1 to 60.
    static OptionalLong retryAfterSeconds(Refusal refusal) {
        return refusal.retryAfter().map(RefusalHeaders::seconds).orElse(OptionalLong.empty());
    }

    private static OptionalLong seconds(Duration delay) {
        if (delay.compareTo(Duration.ofSeconds(MAX_RETRY_SECONDS)) >= 0) {
            return OptionalLong.of(MAX_RETRY_SECONDS);
        }
        return OptionalLong.of(Math.max(1, delay.plusNanos(999_999_999).toSeconds()));
    }
}
