package dev.dray.adapter.controlplanevast;

import dev.dray.model.Bytes;
import dev.dray.model.JsonValue;
import dev.dray.model.PlatformReference;

/// The platform's name for a request, and what its signature covers: ranges of the request's own body.
///
/// @param reqnum     as given; never used as a key, since it is unsigned
/// @param requestIdx as given; names the request towards the platform
/// @param url        the only signed field
/// @param signature  base64 text, if the client kept to the protocol
record VastReference(JsonValue reqnum, JsonValue requestIdx, JsonValue url, JsonValue signature)
        implements PlatformReference {
    private static final int LONG_DIGITS = 18;

    /// The same in arrays of its own, for what outlives the request.
    VastReference detached() {
        return new VastReference(copy(reqnum), copy(requestIdx), copy(url), copy(signature));
    }

    private static JsonValue copy(JsonValue part) {
        return JsonValue.parse(Bytes.of(part.source().toByteArray()));
    }

    /// `request_idx` as JSON text.
    String requestIdxJson() {
        return requestIdx.source().utf8Text();
    }

    /// Whether `request_idx` is an integer of 64 bits, as the platform makes them.
    boolean isGenuine() {
        return isGenuine(requestIdxJson());
    }

    /// The same of a JSON text. It is unsigned, so a client can write anything; anything else must not spoil a report
    /// for the other requests.
    static boolean isGenuine(String requestIdx) {
        int first = requestIdx.startsWith("-") ? 1 : 0;
        int digits = requestIdx.length() - first;
        return digits > 0
                && digits <= LONG_DIGITS
                && requestIdx.lastIndexOf('-') < first
                && CanonicalJson.isInteger(requestIdx);
    }
}
