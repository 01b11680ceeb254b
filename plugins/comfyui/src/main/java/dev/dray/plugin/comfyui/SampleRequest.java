package dev.dray.plugin.comfyui;

import dev.dray.model.Bytes;
import dev.dray.spi.BenchmarkPlan.Payloads;
import java.util.List;
import java.util.random.RandomGenerator;

/// A request of this jar with a place for a text, and the texts that may stand there.
///
/// @param json  the request
/// @param place a JSON string in it, quotes included
/// @param texts one or more
record SampleRequest(String json, String place, List<String> texts) implements Payloads {
    SampleRequest {
        texts = List.copyOf(texts);
        if (!json.contains(place) || texts.isEmpty()) {
            throw new IllegalArgumentException(
                    "a request needs the place %s and a text for it, got %d texts".formatted(place, texts.size()));
        }
    }

    /// Reads both resources.
    static SampleRequest load(String request, String place, String texts) {
        return new SampleRequest(Resources.text(request), JsonText.quoted(place), Resources.texts(texts));
    }

    @Override
    public Bytes next(RandomGenerator random) {
        return Bytes.utf8(json.replace(place, JsonText.quoted(texts.get(random.nextInt(texts.size())))));
    }
}
