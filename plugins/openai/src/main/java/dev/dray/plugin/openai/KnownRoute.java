package dev.dray.plugin.openai;

import dev.dray.spi.Route;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Every route that the platform's clients know of this family, and how it is made where this plugin serves it.
enum KnownRoute {
    COMPLETIONS("/v1/completions"),
    CHAT("/v1/chat/completions"),
    CHAT_BATCH("/v1/chat/completions/batch"),
    SPEECH("/v1/audio/speech"),
    SPEECH_BATCH("/v1/audio/speech/batch"),
    AUDIO_GENERATION("/v1/audio/generate"),
    EMBEDDINGS("/v1/embeddings"),
    RERANK("/v1/rerank"),
    SCORE("/v1/score"),
    IMAGE_GENERATION("/v1/images/generations"),
    IMAGE_EDIT("/v1/images/edits"),
    TRANSCRIPTION("/v1/audio/transcriptions"),
    TRANSLATION("/v1/audio/translations"),
    VIDEO("/v1/videos/sync");

    /// The routes that this plugin serves today.
    static final Set<KnownRoute> SERVED = Collections.unmodifiableSet(EnumSet.of(COMPLETIONS, CHAT));

    private final String path;

    KnownRoute(String path) {
        this.path = path;
    }

    static Optional<KnownRoute> find(String path) {
        return Arrays.stream(values()).filter(route -> route.path.equals(path)).findFirst();
    }

    /// The paths of some routes, for a message.
    static String paths(Set<KnownRoute> routes) {
        return routes.isEmpty() ? "none" : routes.stream().map(KnownRoute::path).collect(Collectors.joining(", "));
    }

    String path() {
        return path;
    }

    boolean isServed() {
        return SERVED.contains(this);
    }

    /// Makes the route.
    ///
    /// @param prompts  what a benchmark sends
    /// @param measured whether this is the route that is benchmarked
    /// @throws IllegalStateException if it is not served
    Route create(BenchmarkPrompts prompts, boolean measured) {
        return switch (this) {
            case COMPLETIONS -> TextRoute.completions(path, prompts, measured);
            case CHAT -> TextRoute.chat(path, prompts, measured);
            case CHAT_BATCH,
                    SPEECH,
                    SPEECH_BATCH,
                    AUDIO_GENERATION,
                    EMBEDDINGS,
                    RERANK,
                    SCORE,
                    IMAGE_GENERATION,
                    IMAGE_EDIT,
                    TRANSCRIPTION,
                    TRANSLATION,
                    VIDEO -> throw new IllegalStateException("route %s is not served".formatted(path));
        };
    }
}
