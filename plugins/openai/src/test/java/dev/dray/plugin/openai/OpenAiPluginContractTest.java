package dev.dray.plugin.openai;

import dev.dray.port.testing.BackendPluginContract;
import dev.dray.port.testing.FakePluginContext;
import dev.dray.spi.BackendPlugin;
import java.util.List;

/// With every route of the family, and one that sends forms as the measured one.
final class OpenAiPluginContractTest extends BackendPluginContract {
    @Override
    protected BackendPlugin plugin() {
        return new OpenAiPlugin();
    }

    @Override
    protected FakePluginContext.Builder configure(FakePluginContext.Builder context) {
        return context.environment("MODEL_NAME", "some/model")
                .environment("OPENAI_ROUTES", KnownRoute.paths(KnownRoute.all()))
                .environment("BENCHMARK_ROUTE", "/v1/videos/sync");
    }

    @Override
    protected List<Sample> samples() {
        return List.of(
                new Sample("/v1/completions", "{\"prompt\": \"hello\", \"max_tokens\": 128}", 128),
                new Sample("/v1/completions", "{\"input\": {\"prompt\": \"hello\", \"max_tokens\": 64}}", 64),
                new Sample(
                        "/v1/chat/completions", "{\"messages\": [{\"role\": \"user\"}], \"max_tokens\": \"256\"}", 256),
                new Sample("/v1/chat/completions/batch", "{\"messages\": [[], []], \"max_tokens\": 100}", 200),
                new Sample("/v1/audio/speech", "{\"input\": \"hi\", \"ref_audio\": \"https://x/a\"}", 502),
                new Sample(
                        "/v1/audio/speech/batch",
                        "{\"items\": [{\"input\": \"hi\"}], \"ref_audio\": \"https://x/a\"}",
                        502),
                new Sample("/v1/audio/generate", "{\"input\": \"rain\", \"audio_length\": 10.0}", 500),
                new Sample("/v1/embeddings", "{\"input\": [\"hello\", [1, 2]]}", 50),
                new Sample("/v1/rerank", "{\"query\": \"q\", \"documents\": [\"a\", \"b\"]}", 50),
                new Sample("/v1/score", "{\"queries\": [\"q\"], \"items\": [\"a\", \"b\"]}", 50),
                new Sample("/v1/images/generations", "{\"prompt\": \"p\", \"size\": \"512x512\", \"n\": 2}", 250),
                new Sample(
                        "/v1/images/edits",
                        "{\"image\": [\"AAAA\"], \"filename\": \"a.png\", \"mask\": \"AAAA\", \"size\": \"512x512\"}",
                        125),
                new Sample("/v1/audio/transcriptions", "{\"file\": \"AAAA\", \"filename\": \"a.mp3\"}", 50),
                new Sample("/v1/audio/translations", "{\"file\": \"data:audio/ogg;base64,AAAA\", \"x\": [1]}", 50),
                new Sample(
                        "/v1/videos/sync",
                        "{\"prompt\": \"p\", \"input_references\": [\"AAAA\"], \"seconds\": 2.75,"
                                + " \"image_reference\": {\"image_url\": \"https://x/a\"}}",
                        1_000));
    }
}
