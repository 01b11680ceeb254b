package dev.dray.domain.benchmark;

import dev.dray.domain.workload.Pricing;
import dev.dray.domain.workload.RequestBody;
import dev.dray.model.Bytes;
import dev.dray.model.JsonValue;
import dev.dray.model.RequestPayload;
import dev.dray.port.exchange.ResponseSink;
import dev.dray.port.outbound.ModelBody;
import dev.dray.port.outbound.ModelCall;
import dev.dray.port.outbound.ModelCall.TimeOuts;
import dev.dray.spi.BenchmarkPlan;
import dev.dray.spi.Route;
import java.util.List;
import java.util.random.RandomGenerator;

/// A benchmark request ready to be sent.
///
/// @param path  of its route
/// @param body  what [BenchmarkPlan.Payloads#request] makes of the payload
/// @param units what it is worth, priced as a client's request would be
record PreparedRequest(String path, ModelBody body, double units) {
    private static final String STREAM = "\"stream\": true}";

    /// Asks the plugin for the next payload.
    ///
    /// @throws RuntimeException whatever the plugin throws, and if what it made is not JSON
    static PreparedRequest next(Route route, BenchmarkPlan plan, RandomGenerator random) {
        var payload = new RequestPayload(JsonValue.parse(plan.payloads().next(random)));
        ModelBody body = RequestBody.of(plan.payloads().request(payload), payload.bytes());
        return new PreparedRequest(route.path(), body, Pricing.units(route, payload));
    }

    /// The same with the answer asked for as a stream of events; as it stands where the body is no JSON object.
    ///
    /// The member goes to the end: of two of a name model servers take the last.
    PreparedRequest streamed() {
        if (!(body instanceof ModelBody.Whole(String _, Bytes json)) || !isObject(json)) {
            return this;
        }
        String text = json.utf8Text().stripTrailing();
        String members = text.substring(0, text.length() - 1).stripTrailing();
        String comma = members.endsWith("{") ? "" : ", ";
        return new PreparedRequest(path, ModelBody.json(Bytes.utf8(members + comma + STREAM)), units);
    }

    // Parsed when it was made, so a first brace is enough of a sign.
    private static boolean isObject(Bytes json) {
        return json.utf8Text().stripLeading().startsWith("{");
    }

    /// The request to a model server, its answer read by a sink.
    ModelCall call(int server, ResponseSink sink) {
        return new ModelCall(server, "POST", path, body, List.of(), TimeOuts.SERIAL, ModelCall.Work.OWN, sink);
    }
}
