package dev.dray.port.exchange;

import dev.dray.model.Bytes;
import dev.dray.model.HeaderField;
import java.util.List;
import java.util.Objects;

/// A request as it came in, body complete and within its limit.
///
/// @param method       HTTP method in upper case
/// @param path         decoded path without query, for example `/v1/completions`
/// @param headers      all header fields in the order received
/// @param body         the whole body, already inflated if it was compressed; empty where there is none
/// @param arrivedNanos reading of the monotonic clock when the head had been read
/// @param remote       address of the client for logs, for example `203.0.113.7:51234`; empty where unknown
public record InboundRequest(
        String method, String path, List<HeaderField> headers, Bytes body, long arrivedNanos, String remote) {
    public InboundRequest {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(path, "path");
        headers = List.copyOf(headers);
        Objects.requireNonNull(body, "body");
        Objects.requireNonNull(remote, "remote");
    }
}
