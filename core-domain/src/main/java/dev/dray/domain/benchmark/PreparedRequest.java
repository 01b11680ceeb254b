package dev.dray.domain.benchmark;

import dev.dray.domain.workload.Pricing;
import dev.dray.model.Bytes;
import dev.dray.model.JsonValue;
import dev.dray.model.RequestPayload;
import dev.dray.port.outbound.ModelCall;
import dev.dray.port.outbound.ModelCall.TimeOuts;
import dev.dray.spi.BenchmarkPlan;
import dev.dray.spi.Route;
import java.util.List;
import java.util.random.RandomGenerator;

/// A benchmark request ready to be sent.
///
/// @param call  sent as it stands: benchmark payloads are what the model server reads, so [Route#request] is not asked
/// @param units what it is worth, priced as a client's request would be
record PreparedRequest(ModelCall call, double units) {
    /// Asks the plugin for the next payload.
    ///
    /// @throws RuntimeException whatever the plugin throws, and if what it made is not JSON
    static PreparedRequest next(Route route, BenchmarkPlan plan, RandomGenerator random) {
        Bytes body = plan.payloads().next(random);
        var payload = new RequestPayload(JsonValue.parse(body));
        var call = new ModelCall(
                "POST", route.path(), "application/json", body, List.of(), TimeOuts.SERIAL, DiscardingSink.INSTANCE);
        return new PreparedRequest(call, Pricing.units(route, payload));
    }
}
