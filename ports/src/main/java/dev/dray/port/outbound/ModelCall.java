package dev.dray.port.outbound;

import dev.dray.model.HeaderField;
import dev.dray.model.RequestId;
import dev.dray.port.exchange.ResponseSink;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// One request to a model server.
///
/// @param server        which one: its place in the worker's plan, from 0
/// @param method        HTTP method, usually `POST`
/// @param path          path on the model server
/// @param body          of the request
/// @param clientHeaders all fields the client sent; the adapter's allow-list decides which go on
/// @param timeOuts      limits of this call
/// @param work          what it is for
/// @param sink          takes the answer
public record ModelCall(
        int server,
        String method,
        String path,
        ModelBody body,
        List<HeaderField> clientHeaders,
        TimeOuts timeOuts,
        Work work,
        ResponseSink sink) {
    public ModelCall {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(body, "body");
        clientHeaders = List.copyOf(clientHeaders);
        Objects.requireNonNull(timeOuts, "timeOuts");
        Objects.requireNonNull(work, "work");
        Objects.requireNonNull(sink, "sink");
    }

    /// This call with its answer going elsewhere.
    public ModelCall to(ResponseSink newSink) {
        return new ModelCall(server, method, path, body, clientHeaders, timeOuts, work, newSink);
    }

    /// This call as if the client had sent other header fields.
    public ModelCall withClientHeaders(List<HeaderField> fields) {
        return new ModelCall(server, method, path, body, fields, timeOuts, work, sink);
    }

    /// What a call is for.
    ///
    /// @param request the client's request; empty for a call of the worker's own, such as the benchmark's
    /// @param units   workload units it was priced at; 0 where it was not
    public record Work(Optional<RequestId> request, double units) {
        /// A call of the worker's own.
        public static final Work OWN = new Work(Optional.empty(), 0);

        /// A client's request.
        public static Work of(RequestId request, double units) {
            return new Work(Optional.of(request), units);
        }
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
