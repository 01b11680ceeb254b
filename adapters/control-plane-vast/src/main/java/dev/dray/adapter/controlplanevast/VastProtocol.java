package dev.dray.adapter.controlplanevast;

import dev.dray.model.JsonValue;
import dev.dray.model.JsonValue.JsonString;
import dev.dray.model.PlatformReference;
import dev.dray.port.exchange.InboundRequest;
import dev.dray.port.exchange.Reply;
import dev.dray.port.outbound.PlatformProtocol;
import dev.dray.port.outbound.PlatformRoutes;
import dev.dray.port.outbound.Refusal;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/// The platform's manners on the request's way: envelope, signature, and the words of a refusal.
final class VastProtocol implements PlatformProtocol {
    private static final System.Logger LOG = System.getLogger(VastProtocol.class.getName());

    private final AtomicBoolean foreignUrlTold = new AtomicBoolean();
    private final VastSettings settings;
    private final Keyring keyring;
    private final PlatformRoutes routes;

    VastProtocol(VastSettings settings, Keyring keyring) {
        this.settings = settings;
        this.keyring = keyring;
        this.routes = new VastRoutes(settings);
    }

    @Override
    public Opened open(InboundRequest request) {
        return EnvelopeReader.read(request.body(), settings.unsecured());
    }

    @Override
    public Verdict verify(PlatformReference given) {
        if (settings.unsecured() || (given instanceof SessionReference && !settings.signedSessions())) {
            return Verdict.VERIFIED;
        }
        TrustedKey key = keyring.current().orElse(null);
        if (key == null) {
            return Verdict.KEY_MISSING;
        }
        VastReference reference = SessionReference.request(given).orElse(null);
        if (reference == null || !(reference.signature() instanceof JsonString signature)) {
            return Verdict.UNVERIFIED;
        }
        if (!key.verifies(reference.url(), signature)) {
            keyring.doubt();
            return Verdict.UNVERIFIED;
        }
        if (settings.requireOwnUrl() && !isOwn(reference.url())) {
            tellForeignUrl(reference.url());
            return Verdict.UNVERIFIED;
        }
        return Verdict.VERIFIED;
    }

    @Override
    public PlatformRoutes routes() {
        return routes;
    }

    // Once: where it happens to all requests, PUBLIC_IPADDR or the port is wrong, and nothing else would say so.
    private void tellForeignUrl(JsonValue url) {
        if (foreignUrlTold.compareAndSet(false, true)) {
            LOG.log(
                    Level.WARNING,
                    "request refused, signed for another worker url={0} own={1} hint={2}",
                    url.text().orElseGet(() -> url.source().utf8Text()),
                    settings.ownUrl(),
                    "if this happens to all, check PUBLIC_IPADDR and VAST_TCP_PORT_<port>, or switch off the check of"
                            + " the own url");
        }
    }

    private boolean isOwn(JsonValue url) {
        return url instanceof JsonString text && (text.is(settings.ownUrl()) || text.is(settings.ownUrl() + "/"));
    }

    @Override
    public Reply refusal(Refusal refusal) {
        int status = refusal.kind().status();
        Reply reply = switch (refusal.kind()) {
            case UNVERIFIED, KEY_MISSING -> Reply.empty(status);
            case UNKNOWN_SESSION -> Reply.json(status, "{\"error\": \"invalid session\"}");
            case INVALID_PAYLOAD -> Reply.json(status, payloadProblems(refusal));
            case NOT_READY,
                    DRAINING,
                    WAIT_TOO_LONG,
                    SESSIONS_FULL,
                    QUEUE_FULL,
                    TOO_MANY_REQUESTS,
                    EXPELLED,
                    PLUGIN_FAULT,
                    WORKER_FAULT,
                    MODEL_FAILED,
                    MODEL_UNAVAILABLE,
                    MODEL_TIME_OUT -> Reply.json(status, error(refusal));
        };
        return RefusalHeaders.addTo(reply, refusal);
    }

    private static String payloadProblems(Refusal refusal) {
        if (refusal.fields().isEmpty()) {
            return "{\"payload\": {\"data\": " + PythonJson.quote(refusal.message()) + "}}";
        }
        return refusal.fields().entrySet().stream()
                .map(field -> PythonJson.quote(field.getKey()) + ": " + PythonJson.quote(field.getValue()))
                .collect(Collectors.joining(", ", "{\"payload\": {", "}}"));
    }

    private static String error(Refusal refusal) {
        var json = new StringBuilder("{\"error\": {\"code\": ");
        PythonJson.quote(json, refusal.kind().code());
        PythonJson.quote(json.append(", \"message\": "), refusal.message());
        PythonJson.quote(json.append(", \"source\": "), refusal.source().word());
        RefusalHeaders.retryAfterSeconds(refusal)
                .ifPresent(seconds -> json.append(", \"retry-after-seconds\": ").append(seconds));
        return json.append("}}").toString();
    }
}
