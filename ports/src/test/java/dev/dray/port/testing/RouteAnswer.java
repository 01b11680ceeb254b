package dev.dray.port.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Bytes;
import dev.dray.model.FormPart;
import dev.dray.model.JsonValue;
import dev.dray.model.RequestPayload;
import dev.dray.spi.ModelRequest;
import dev.dray.spi.Route;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/// What a route makes of one payload. Price and request are asked for only where the check let it
/// through, as the worker does.
///
/// @param request for comparison: bytes, or the parts of a form with what their files hold
record RouteAnswer(Map<String, String> problems, double workload, List<Object> request) {
    /// Asks the route, and fails where an answer is not one that the worker could use.
    static RouteAnswer of(Route route, RequestPayload payload) {
        Map<String, String> problems = route.check(payload);
        if (!problems.isEmpty()) {
            assertThat(problems.values()).as("messages").allMatch(message -> !message.isBlank());
            return new RouteAnswer(Map.copyOf(problems), 0, List.of());
        }
        double workload = route.workload(payload);
        assertThat(workload).as("workload").matches(units -> units >= 0 && units < Double.POSITIVE_INFINITY);
        return new RouteAnswer(problems, workload, sent(route.request(payload)));
    }

    private static List<Object> sent(ModelRequest request) {
        return switch (request) {
            case ModelRequest.Json(Bytes body) -> {
                JsonValue.parse(body);
                yield List.of(body);
            }
            case ModelRequest.Unchanged unchanged -> List.of(unchanged);
            case ModelRequest.Multipart(List<FormPart> parts) ->
                parts.stream().map(RouteAnswer::part).toList();
        };
    }

    private static Object part(FormPart part) {
        return switch (part) {
            case FormPart.Text text -> text;
            case FormPart.File file -> List.of(file.name(), file.fileName(), file.contentType(), written(file));
        };
    }

    private static Bytes written(FormPart.File file) {
        var out = new ByteArrayOutputStream();
        try {
            file.content().writeTo(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        assertThat((long) out.size())
                .as("length promised for part '%s'", file.name())
                .isEqualTo(file.content().length());
        return Bytes.of(out.toByteArray());
    }
}
