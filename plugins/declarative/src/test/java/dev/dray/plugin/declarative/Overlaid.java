package dev.dray.plugin.declarative;

import dev.dray.model.Bytes;
import dev.dray.model.JsonValue;
import dev.dray.model.JsonValue.JsonObject;
import dev.dray.model.RequestPayload;
import dev.dray.spi.ModelRequest;
import dev.dray.spi.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// A bare route with one entry laid over it.
///
/// @param mistakes as `pointer offset message`
record Overlaid(Route route, List<String> mistakes) {
    // To make a language takes most of a second: all tests share one.
    private static final CelOverlay OVERLAY = new CelOverlay();

    static Overlaid with(String entry) {
        var mistakes = new ArrayList<String>();
        Route route = OVERLAY.over(
                () -> "/r",
                (JsonObject) JsonValue.parse(Bytes.utf8(entry)),
                (pointer, offset, message) -> mistakes.add(pointer + " " + offset + " " + message));
        return new Overlaid(route, List.copyOf(mistakes));
    }

    static Overlaid workload(String expression) {
        return with("{\"workload\": " + quoted(expression) + "}");
    }

    static Overlaid request(String expression) {
        return with("{\"request\": " + quoted(expression) + "}");
    }

    /// The price of a payload; `NaN` where there is none.
    double price(String payload) {
        return route.workload(RequestPayload.of(payload));
    }

    /// What goes to the model server, as text.
    String sent(String payload) {
        var given = RequestPayload.of(payload);
        return switch (route.request(given)) {
            case ModelRequest.Unchanged _ -> given.bytes().utf8Text();
            case ModelRequest.Json(Bytes body) -> body.utf8Text();
            case ModelRequest.Multipart _ -> throw new AssertionError("no form was asked for");
        };
    }

    /// A benchmark's payload.
    String drawn(long seed) {
        return route.benchmark()
                .orElseThrow()
                .payloads()
                .next(new SplittableRandom(seed))
                .utf8Text();
    }

    private static String quoted(String text) {
        var out = new JsonOut();
        out.text(text);
        return out.bytes().utf8Text();
    }
}
