package dev.dray.adapter.controlplanevast;

import dev.dray.model.Bytes;
import dev.dray.model.HeaderField;
import dev.dray.model.Outcome;
import dev.dray.model.PlatformReference;
import dev.dray.model.RequestId;
import dev.dray.port.exchange.Correlation;
import dev.dray.port.exchange.InboundRequest;
import dev.dray.port.outbound.Envelope;
import dev.dray.port.outbound.PlatformProtocol.Opened;
import dev.dray.port.outbound.WorkerEvent.RequestEnded;
import dev.dray.port.outbound.WorkerEvent.RequestRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Requests, settings and events with quiet defaults.
final class Samples {
    static final String URL = "https://203.0.113.7:41234";

    private Samples() {}

    static VastSettings settings(String... addresses) {
        return settings(DeleteFormat.RECORDS, addresses);
    }

    static VastSettings settings(DeleteFormat format, String... addresses) {
        return new VastSettings(
                List.of(addresses),
                77,
                "tok",
                false,
                URL,
                false,
                true,
                Path.of("/nowhere/update"),
                format,
                VastSettings.REPORTED_VERSION);
    }

    static VastSettings unsecured() {
        return sessions(true, true);
    }

    static VastSettings unsecured(String address) {
        return new VastSettings(
                List.of(address),
                77,
                "tok",
                true,
                URL,
                false,
                true,
                Path.of("/nowhere/update"),
                DeleteFormat.RECORDS,
                VastSettings.REPORTED_VERSION);
    }

    static VastSettings sessions(boolean unsecured, boolean signedSessions) {
        return new VastSettings(
                List.of("http://127.0.0.1:1"),
                77,
                "tok",
                unsecured,
                URL,
                false,
                signedSessions,
                Path.of("/nowhere/update"),
                DeleteFormat.RECORDS,
                VastSettings.REPORTED_VERSION);
    }

    static InboundRequest request(String body, HeaderField... headers) {
        return request(Bytes.utf8(body), headers);
    }

    static InboundRequest request(Bytes body, HeaderField... headers) {
        return new InboundRequest("POST", "/v1/completions", List.of(headers), body, 1, "");
    }

    /// A body whose signature is the given JSON text.
    static String body(long requestIdx, String signatureJson) {
        return """
            {"auth_data": {"cost": 256, "endpoint": "e", "reqnum": 1234, "request_idx": %d, "signature": %s, \
            "url": "%s", "__request_id": "x"}, "payload": {"prompt": "hi"}, "session_id": null}\
            """.formatted(requestIdx, signatureJson, URL);
    }

    static Envelope envelope(long requestIdx) {
        return opened(EnvelopeReader.read(Bytes.utf8(body(requestIdx, "\"s\"")), false));
    }

    static Envelope opened(Opened opened) {
        return ((Opened.Complete) opened).envelope();
    }

    static RequestEnded ended(long requestIdx, Outcome outcome) {
        return ended(
                requestIdx + 1,
                Optional.of(envelope(requestIdx).reference()),
                outcome,
                new Times(1_000_000_000L, 2_000_000_000L, 3_000_000_000L));
    }

    static RequestEnded ended(long number, Optional<PlatformReference> reference, Outcome outcome, Times times) {
        return new RequestEnded(new RequestRecord(
                new RequestId(number),
                reference,
                Correlation.NONE,
                "/v1/completions",
                outcome,
                100,
                200,
                "",
                times.queuedNanos(),
                times.queuedNanos(),
                times.startedNanos(),
                times.startedNanos(),
                times.endedNanos()));
    }

    record Times(long queuedNanos, long startedNanos, long endedNanos) {}

    static String resource(String name) {
        try (InputStream in = Samples.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("no test resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
