package dev.dray.testkit;

import dev.dray.model.Bytes;
import dev.dray.model.HeaderField;
import dev.dray.model.JsonValue;
import dev.dray.model.RequestPayload;
import dev.dray.port.exchange.Exchange;
import dev.dray.port.exchange.ModelFailure;
import dev.dray.port.exchange.ResponseHead;
import dev.dray.port.outbound.ModelBody;
import dev.dray.port.outbound.ModelCall;
import dev.dray.port.outbound.ModelServer;
import dev.dray.spi.LocalRoute;
import dev.dray.spi.Route;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Answers the routes that a plugin serves inside the worker, as the worker does; all others go on to
/// the model server.
final class LocalAnswers implements ModelServer {
    private final Map<String, LocalRoute> routes = new HashMap<>();
    private final ModelServer below;

    LocalAnswers(List<Route> all, ModelServer below) {
        for (Route route : all) {
            if (route instanceof LocalRoute local) {
                routes.put(local.path(), local);
            }
        }
        this.below = below;
    }

    @Override
    public void start(ModelCall call, Exchange exchange) {
        LocalRoute route = routes.get(call.path());
        if (route == null) {
            below.start(call, exchange);
            return;
        }
        exchange.begun(() -> {});
        Bytes result;
        try {
            result = route.call(new RequestPayload(JsonValue.parse(json(call.body()))));
            JsonValue.parse(result);
        } catch (Throwable fault) { // The plugin boundary: whatever foreign code throws becomes its own fault.
            exchange.failed(new ModelFailure(ModelFailure.Kind.PLUGIN_FAULT, call.path() + " failed: " + fault));
            return;
        }
        exchange.head(200);
        call.sink().head(new ResponseHead(200, List.of(new HeaderField("Content-Type", "application/json"))));
        byte[] body = Bytes.utf8("{\"result\": " + result.utf8Text() + "}").toByteArray();
        call.sink().chunk(body, 0, body.length);
        call.sink().end();
        exchange.ended();
    }

    @Override
    public void launch(ModelCall call, Exchange exchange) {
        start(call, exchange);
    }

    private static Bytes json(ModelBody body) {
        return switch (body) {
            case ModelBody.Whole(String _, Bytes json) -> json;
            case ModelBody.Form _ -> throw new IllegalStateException("a route inside the worker takes no form");
        };
    }
}
