package dev.dray.adapter.httpserver;

import dev.dray.model.HeaderField;
import dev.dray.port.exchange.ClientGoneException;
import dev.dray.port.exchange.Correlation;
import dev.dray.port.exchange.InboundRequest;
import dev.dray.port.exchange.Reply;
import dev.dray.port.inbound.RequestGate;
import dev.dray.port.outbound.Ticker;
import io.helidon.http.Header;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.HttpSecurity;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A request's way: path and method, body, gate, answer. Takes the place of Helidon's own routing.
///
/// Everything happens on the request's own virtual thread.
final class GateRouting implements HttpRouting {
    private static final System.Logger LOGGER = System.getLogger(GateRouting.class.getName());

    private static final Duration MAX_BODY_WAIT = Duration.ofSeconds(5);

    private final RequestGate gate;
    private final Ticker ticker;
    private final ListenerLimits limits;
    private final BodyBudget budget;
    private final HttpSecurity security = HttpSecurity.create();

    GateRouting(RequestGate gate, Ticker ticker, ListenerLimits limits) {
        this.gate = gate;
        this.ticker = ticker;
        this.limits = limits;
        this.budget = new BodyBudget(limits.bufferedBytes(), MAX_BODY_WAIT);
    }

    @Override
    public HttpSecurity security() {
        return security;
    }

    @Override
    public void route(ConnectionContext context, RoutingRequest request, RoutingResponse response) {
        long arrivedNanos = ticker.nanos();
        ClientConnection connection = ((TappedContext) context).connection();
        ClientExchange exchange = connection.exchange(gate, request, response);
        try (var body = new RequestBody(request, exchange.waiting(), budget, limits.bodyBytes())) {
            connection.open(exchange);
            try {
                serve(connection, exchange, new Head(request, body, arrivedNanos));
            } finally {
                connection.close(exchange);
            }
            exchange.finish(body);
        } catch (ClientGoneException e) {
            throw new CloseConnectionException("the client is gone", e);
        }
    }

    /// A request whose head has been read.
    private record Head(RoutingRequest request, RequestBody body, long arrivedNanos) {
        String method() {
            return request.prologue().method().text();
        }

        String path() {
            return RequestPath.of(request.prologue().uriPath().rawPath());
        }
    }

    private void serve(ClientConnection connection, ClientExchange exchange, Head head) {
        try {
            Optional<Reply> refusal = refusal(head).or(head.body()::read);
            if (refusal.isPresent()) {
                exchange.refuse(refusal.get(), head.body().readToEnd());
                return;
            }
            connection.watch(exchange);
            exchange.carry(inbound(connection, head));
        } catch (ClientGoneException | CloseConnectionException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            // The boundary of the request's thread: whatever failed, this request has to end.
            Correlation names = Correlation.of(fields(head.request()));
            LOGGER.log(
                    Level.WARNING,
                    "request failed method={0} path={1} trace={2} x_request_id={3}",
                    head.method(),
                    head.path(),
                    names.traceId(),
                    names.requestId(),
                    e);
            exchange.fail();
        }
    }

    private Optional<Reply> refusal(Head head) {
        if (head.request().prologue().fragment().hasValue()) {
            // Helidon cuts it off, but no target has one (RFC 9112 §3.2).
            return Optional.of(ErrorReply.badRequest(Status.BAD_REQUEST_400.code()));
        }
        Set<String> methods = gate.methods(head.path());
        if (methods.isEmpty()) {
            return Optional.of(ErrorReply.notFound());
        }
        return methods.contains(head.method()) ? Optional.empty() : Optional.of(ErrorReply.methodNotAllowed(methods));
    }

    private static InboundRequest inbound(ClientConnection connection, Head head) {
        return new InboundRequest(
                head.method(),
                head.path(),
                fields(head.request()),
                head.body().bytes(),
                head.arrivedNanos(),
                connection.remote());
    }

    private static List<HeaderField> fields(RoutingRequest request) {
        var fields = new ArrayList<HeaderField>(request.headers().size());
        for (Header header : request.headers()) {
            if (header.valueCount() == 1) {
                fields.add(new HeaderField(header.name(), header.get()));
                continue;
            }
            for (String value : header.allValues()) {
                fields.add(new HeaderField(header.name(), value));
            }
        }
        return fields;
    }
}
