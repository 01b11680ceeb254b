package dev.dray.port.exchange;

import dev.dray.model.HeaderField;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/// The names others know a request by, as its client sent them: what joins the worker's log lines and spans to
/// theirs.
///
/// @param traceId   id of the trace, 32 lower-case hexadecimal digits ([1] §3.2.2.3); empty where it is in none
/// @param parentId  id of the caller's span, 16 lower-case hexadecimal digits; empty where it is in none
/// @param sampled   whether the caller records this trace
/// @param requestId the client's `x-request-id`; empty where it sent none, or one that is no visible ASCII of at most
///     128 characters: it goes into log lines
///
/// [1] W3C Trace Context, https://www.w3.org/TR/trace-context/
public record Correlation(String traceId, String parentId, boolean sampled, String requestId) {
    /// Of a request whose client named nothing.
    public static final Correlation NONE = new Correlation("", "", false, "");

    private static final String TRACE_PARENT = "traceparent";
    private static final String REQUEST_ID = "x-request-id";

    // A later version may say more after the flags ([1] §3.2.4).
    private static final Pattern TRACE = Pattern.compile(
            "(?!ff)[0-9a-f]{2}-(?<trace>(?!0{32})[0-9a-f]{32})-(?<parent>(?!0{16})[0-9a-f]{16})-(?<flags>[0-9a-f]{2})(?:-.*)?");
    private static final int SAMPLED = 1;
    private static final int LONGEST_REQUEST_ID = 128;

    public Correlation {
        Objects.requireNonNull(traceId, "traceId");
        Objects.requireNonNull(parentId, "parentId");
        Objects.requireNonNull(requestId, "requestId");
    }

    /// Reads the header fields of a request; what is malformed counts as not sent.
    public static Correlation of(List<HeaderField> fields) {
        String trace = "";
        String request = "";
        for (HeaderField field : fields) {
            if (field.is(TRACE_PARENT)) {
                trace = field.value();
            } else if (field.is(REQUEST_ID)) {
                request = field.value();
            }
        }
        return trace.isEmpty() && request.isEmpty() ? NONE : of(trace, isHarmless(request) ? request : "");
    }

    private static Correlation of(String traceParent, String requestId) {
        var parts = TRACE.matcher(traceParent);
        if (!parts.matches()) {
            return new Correlation("", "", false, requestId);
        }
        boolean sampled = (Integer.parseInt(parts.group("flags"), 16) & SAMPLED) != 0;
        return new Correlation(parts.group("trace"), parts.group("parent"), sampled, requestId);
    }

    private static boolean isHarmless(String requestId) {
        for (int i = 0; i < requestId.length(); i++) {
            char letter = requestId.charAt(i);
            if (letter <= ' ' || letter >= 127) {
                return false;
            }
        }
        return requestId.length() <= LONGEST_REQUEST_ID;
    }
}
