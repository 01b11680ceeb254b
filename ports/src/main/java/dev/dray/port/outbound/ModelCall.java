package dev.dray.port.outbound;

import dev.dray.model.HeaderField;
import dev.dray.port.exchange.ResponseSink;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/// One request to a model server.
///
/// @param server        which one: its place in the worker's plan, from 0
/// @param method        HTTP method, usually `POST`
/// @param path          path on the model server
/// @param body          of the request
/// @param clientHeaders all fields the client sent; the adapter's allow-list decides which go on
/// @param timeOuts      limits of this call
/// @param sink          takes the answer
public record ModelCall(
        int server,
        String method,
        String path,
        ModelBody body,
        List<HeaderField> clientHeaders,
        TimeOuts timeOuts,
        ResponseSink sink) {
    public ModelCall {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(body, "body");
        clientHeaders = List.copyOf(clientHeaders);
        Objects.requireNonNull(timeOuts, "timeOuts");
        Objects.requireNonNull(sink, "sink");
    }

    /// This call with its answer going elsewhere.
    public ModelCall to(ResponseSink newSink) {
        return new ModelCall(server, method, path, body, clientHeaders, timeOuts, newSink);
    }

    /// Limits of one call. `Duration.ZERO` means no limit.
    ///
    /// @param connect   until the connection stands
    /// @param firstByte from the request's last byte to the answer's first
    /// @param idle      between two reads of the answer's body
    /// @param total     from start to the answer's last byte
    public record TimeOuts(Duration connect, Duration firstByte, Duration idle, Duration total) {
        /// 5 s to connect, 600 s to the first byte, 300 s between bytes, no limit in total.
        public static final TimeOuts PARALLEL =
                new TimeOuts(Duration.ofSeconds(5), Duration.ofSeconds(600), Duration.ofSeconds(300), Duration.ZERO);

        /// As [#PARALLEL], without a limit to the first byte: for serial routes and the benchmark, which
        /// may compute long.
        public static final TimeOuts SERIAL =
                new TimeOuts(Duration.ofSeconds(5), Duration.ZERO, Duration.ofSeconds(300), Duration.ZERO);
    }
}
