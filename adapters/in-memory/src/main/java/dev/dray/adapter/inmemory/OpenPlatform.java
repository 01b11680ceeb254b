package dev.dray.adapter.inmemory;

import dev.dray.model.ErrorSource;
import dev.dray.model.InvalidJsonException;
import dev.dray.model.JsonValue;
import dev.dray.model.PlatformReference;
import dev.dray.model.RequestPayload;
import dev.dray.port.exchange.InboundRequest;
import dev.dray.port.exchange.Reply;
import dev.dray.port.outbound.Envelope;
import dev.dray.port.outbound.PlatformProtocol;
import dev.dray.port.outbound.Refusal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// A platform without manners: the body is the bare payload, and every signature is as good as the test says.
public final class OpenPlatform implements PlatformProtocol {
    private final AtomicLong opened = new AtomicLong();
    private volatile Verdict verdict = Verdict.VERIFIED;

    /// What every signature is found to be from now on.
    public void verdict(Verdict newVerdict) {
        verdict = newVerdict;
    }

    @Override
    public Opened open(InboundRequest request) {
        try {
            var payload = new RequestPayload(JsonValue.parse(request.body()));
            return new Opened.Complete(
                    new Envelope(payload, Optional.empty(), new OpenReference(opened.incrementAndGet())));
        } catch (InvalidJsonException broken) {
            return new Opened.Malformed(error(
                    422, "invalid-json", "the body is not JSON " + broken.getMessage(), ErrorSource.CLIENT, Map.of()));
        }
    }

    @Override
    public Verdict verify(PlatformReference reference) {
        return verdict;
    }

    @Override
    public Reply refusal(Refusal refusal) {
        Reply reply = error(
                refusal.kind().status(), refusal.kind().code(), refusal.message(), refusal.source(), refusal.fields());
        return refusal.retryAfter()
                .map(delay -> reply.with("Retry-After", Long.toString(wholeSeconds(delay))))
                .orElse(reply);
    }

    private static Reply error(
            int status, String code, String message, ErrorSource source, Map<String, String> fields) {
        var text = new StringBuilder("{\"error\":{\"code\":")
                .append(JsonText.quote(code))
                .append(",\"message\":")
                .append(JsonText.quote(message))
                .append(",\"source\":")
                .append(JsonText.quote(source.word()));
        if (!fields.isEmpty()) {
            text.append(",\"fields\":").append(JsonText.object(fields));
        }
        return Reply.json(status, text.append("}}").toString()).with("X-Dray-Error-Source", source.word());
    }

    private static long wholeSeconds(Duration delay) {
        return Math.clamp(delay.plusNanos(999_999_999).toSeconds(), 1, 60);
    }

    /// The platform's name for a request: 1, 2, 3 … in the order opened.
    public record OpenReference(long number) implements PlatformReference {}
}
