package dev.dray.port.exchange;

import dev.dray.model.HeaderField;
import java.util.List;

/// Status and header fields of an answer, hop-by-hop fields already removed.
///
/// @param status  HTTP status, 200 to 599
/// @param headers fields in the order received; `Content-Length` is kept if the answer has one, else it is sent in
/// chunks
public record ResponseHead(int status, List<HeaderField> headers) {
    public ResponseHead {
        headers = List.copyOf(headers);
    }
}
