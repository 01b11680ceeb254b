package dev.dray.app.admin;

import dev.dray.model.HeaderField;
import dev.dray.port.exchange.InboundRequest;
import dev.dray.port.exchange.Reply;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Who may ask what at the admin listener.
///
/// With a token: who knows it. Without one: on loopback who is on this machine, told by the `Host` a request
/// names, for a page from elsewhere could have a browser here ask under a name of its own (DNS rebinding); off
/// loopback whoever reaches it may read. What changes something may in no case be sent by a foreign page. Probes
/// and metrics are open to all.
///
/// @param token    none: whoever the rules above let in
/// @param loopback whether the listener is bound to loopback
public record Access(Optional<String> token, boolean loopback) {
    private static final Set<String> OPEN = Set.of("/livez", "/readyz", "/metrics");
    private static final Pattern LOOPBACK_HOST = Pattern.compile("(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d{1,5})?");
    private static final String BEARER = "bearer ";
    private static final String BASIC = "basic ";

    /// Why a request is refused; empty where it is not.
    Optional<Reply> refusal(InboundRequest request) {
        if (OPEN.contains(request.path())) {
            return Optional.empty();
        }
        boolean changing = !request.method().equals("GET");
        if (token.isPresent()) {
            if (!knows(token.get(), request.headers())) {
                return Optional.of(unauthorized());
            }
        } else if ((loopback || changing) && !isLoopbackHost(request.headers())) {
            return Optional.of(foreignHost());
        }
        return changing && hasForeignOrigin(request.headers()) ? Optional.of(foreignOrigin()) : Optional.empty();
    }

    private static boolean knows(String token, List<HeaderField> headers) {
        Optional<String> told = HeaderField.first(headers, "Authorization").flatMap(Access::told);
        return told.isPresent()
                && MessageDigest.isEqual(
                        token.getBytes(StandardCharsets.UTF_8), told.get().getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<String> told(String authorization) {
        if (startsWith(authorization, BEARER)) {
            return Optional.of(authorization.substring(BEARER.length()).strip());
        }
        return startsWith(authorization, BASIC)
                ? password(authorization.substring(BASIC.length()).strip())
                : Optional.empty();
    }

    private static boolean startsWith(String authorization, String scheme) {
        return authorization.regionMatches(true, 0, scheme, 0, scheme.length());
    }

    // Whatever the user's name.
    private static Optional<String> password(String base64) {
        try {
            String pair = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 ? Optional.empty() : Optional.of(pair.substring(colon + 1));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static boolean isLoopbackHost(List<HeaderField> headers) {
        String host = HeaderField.first(headers, "Host").orElse("");
        return LOOPBACK_HOST.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }

    private static boolean hasForeignOrigin(List<HeaderField> headers) {
        Optional<String> origin = HeaderField.first(headers, "Origin");
        String host = HeaderField.first(headers, "Host").orElse("");
        return origin.isPresent()
                && !origin.get().equalsIgnoreCase("http://" + host)
                && !origin.get().equalsIgnoreCase("https://" + host);
    }

    private static Reply unauthorized() {
        return AdminReply.refusal(
                        401,
                        "token-needed",
                        "no token, or not the right one; send 'Authorization: Bearer <admin.token>', or log in with any"
                                + " user and the token as password")
                .with("WWW-Authenticate", "Basic realm=\"dray\"");
    }

    private static Reply foreignHost() {
        return AdminReply.refusal(
                403,
                "foreign-host",
                "the request names a 'Host' that is not this machine; expected localhost, 127.0.0.1 or [::1]; ask"
                        + " under one of these, or set 'admin.token'");
    }

    private static Reply foreignOrigin() {
        return AdminReply.refusal(
                403,
                "foreign-origin",
                "a page from elsewhere may change nothing here; expected no 'Origin', or that of the dashboard; send"
                        + " the request from there or from a program");
    }
}
