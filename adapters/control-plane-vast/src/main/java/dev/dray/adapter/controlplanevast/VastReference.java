package dev.dray.adapter.controlplanevast;

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

    /// `request_idx` as JSON text.
    String requestIdxJson() {
        return requestIdx.source().utf8Text();
    }

    /// Whether `request_idx` is an integer of 64 bits, as the platform makes them. It is unsigned, so a client can
    /// write
    /// anything; anything else must not spoil a report for the other requests.
    boolean isGenuine() {
        int length = requestIdx.source().length();
        int first = requestIdx.source().at(0) == '-' ? 1 : 0;
        if (length == first || length - first > LONG_DIGITS) {
            return false;
        }
        for (int i = first; i < length; i++) {
            byte b = requestIdx.source().at(i);
            if (b < '0' || b > '9') {
                return false;
            }
        }
        return true;
    }
}
