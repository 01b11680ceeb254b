package dev.dray.port.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.JsonValue;
import dev.dray.model.RequestPayload;
import dev.dray.spi.ModelRequest;
import dev.dray.spi.Route;
import java.util.Map;

/// What a route makes of one payload. Price and request are asked for only where the check let it through, as the
/// worker does.
record RouteAnswer(Map<String, String> problems, double workload, ModelRequest request) {
    /// Asks the route, and fails where an answer is not one that the worker could use.
    static RouteAnswer of(Route route, RequestPayload payload) {
        Map<String, String> problems = route.check(payload);
        if (!problems.isEmpty()) {
            assertThat(problems.values()).as("messages").allMatch(message -> !message.isBlank());
            return new RouteAnswer(Map.copyOf(problems), 0, ModelRequest.unchanged());
        }
        double workload = route.workload(payload);
        assertThat(workload).as("workload").matches(units -> units >= 0 && units < Double.POSITIVE_INFINITY);
        ModelRequest request = route.request(payload);
        switch (request) {
            case ModelRequest.Json json -> JsonValue.parse(json.body());
            case ModelRequest.Unchanged unchanged -> assertThat(unchanged).isNotNull();
        }
        return new RouteAnswer(problems, workload, request);
    }
}
