package dev.dray.plugin.openai;

import dev.dray.spi.BenchmarkPlan;
import dev.dray.spi.BenchmarkPlan.Payloads;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Every route that the platform's clients know of this family, and how each is benchmarked.
enum KnownRoute {
    COMPLETIONS("/v1/completions", 10, 3),
    CHAT("/v1/chat/completions", 10, 3),
    CHAT_BATCH("/v1/chat/completions/batch", 10, 3),
    SPEECH("/v1/audio/speech", 4, 2),
    SPEECH_BATCH("/v1/audio/speech/batch", 4, 2),
    AUDIO_GENERATION("/v1/audio/generate", 2, 1),
    EMBEDDINGS("/v1/embeddings", 10, 3),
    RERANK("/v1/rerank", 10, 3),
    SCORE("/v1/score", 10, 3),
    IMAGE_GENERATION("/v1/images/generations", 2, 1),
    IMAGE_EDIT("/v1/images/edits", 2, 1),
    TRANSCRIPTION("/v1/audio/transcriptions", 4, 2),
    TRANSLATION("/v1/audio/translations", 4, 2),
    VIDEO("/v1/videos/sync", 1, 1);

    private final String path;
    private final int concurrency;
    private final int runs;

    KnownRoute(String path, int concurrency, int runs) {
        this.path = path;
        this.concurrency = concurrency;
        this.runs = runs;
    }

    static Optional<KnownRoute> find(String path) {
        return Arrays.stream(values()).filter(route -> route.path.equals(path)).findFirst();
    }

    static Set<KnownRoute> all() {
        return EnumSet.allOf(KnownRoute.class);
    }

    /// The paths of some routes, for a message.
    static String paths(Set<KnownRoute> routes) {
        return routes.isEmpty() ? "none" : routes.stream().map(KnownRoute::path).collect(Collectors.joining(", "));
    }

    String path() {
        return path;
    }

    /// How it is benchmarked: bursts of so many at once, so many times, after a warm-up.
    BenchmarkPlan plan(Payloads payloads) {
        return new BenchmarkPlan(runs, concurrency, true, payloads);
    }
}
