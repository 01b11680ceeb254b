package dev.dray.plugin.openai;

import dev.dray.model.JsonValue;
import dev.dray.spi.Backend;
import dev.dray.spi.ModelDefaults;
import dev.dray.spi.PluginContext;
import java.util.List;
import java.util.Optional;

/// What every plugin of the family does at its start: reads its variables, tells what is wrong, and
/// names the routes.
final class OpenAiFamily {
    /// Fixed in the platform's images; a configuration file may name another one.
    private static final String MODEL_URL = "http://127.0.0.1:18000";

    private static final String DEFAULT_HEALTH = "/health";

    /// Variables that may name the model, the first that is not blank counts. The images set the
    /// engine's own one and
    /// `MODEL_NAME` to the same value.
    private static final List<String> MODEL_VARIABLES =
            List.of("MODEL_NAME", "VLLM_MODEL", "SGLANG_MODEL", "LLAMA_MODEL");

    private static final String EMBEDDING_CHARS = "BENCHMARK_EMBED_CHARS";

    /// Fits the smallest encoders in use, which take 256 tokens.
    private static final int DEFAULT_EMBEDDING_CHARS = 600;

    private static final int MOST_EMBEDDING_CHARS = 10_000_000;

    private OpenAiFamily() {}

    static Backend start(Engine engine, PluginContext context) {
        Optional<String> modelName = modelName(context);
        RouteChoice choice = RouteChoice.read(context);
        if (modelName.isEmpty()) {
            choice.warnOfMissingModelName(context);
        }
        int embeddingChars = embeddingChars(context);
        var prompts = new BenchmarkPrompts(
                RandomWords.load(), modelName, Variables.notBlank(context, "BENCHMARK_SPEECH_VOICE"), embeddingChars);
        var model = new ModelDefaults(MODEL_URL, Optional.of(logFile(engine, context)), health(context), modelName);
        return new OpenAiBackend(
                model, LogMarkers.read(engine.logRules(), context), choice.routes(new RouteMaker(prompts)));
    }

    // The file wins over the environment.
    private static Optional<String> modelName(PluginContext context) {
        return context.settings()
                .at("/model/name")
                .flatMap(JsonValue::text)
                .filter(name -> !name.isBlank())
                .or(() -> MODEL_VARIABLES.stream()
                        .flatMap(variable -> Variables.notBlank(context, variable).stream())
                        .findFirst());
    }

    private static String logFile(Engine engine, PluginContext context) {
        return Variables.notBlank(context, "MODEL_LOG").orElse(engine.logFile());
    }

    // Set but empty is an answer here: no health URL.
    private static Optional<String> health(PluginContext context) {
        String health =
                context.environment("MODEL_HEALTH_ENDPOINT").map(String::strip).orElse(DEFAULT_HEALTH);
        if (health.isEmpty()) {
            return Optional.empty();
        }
        if (!health.matches("(/|https?://).*")) {
            context.problem(
                    "MODEL_HEALTH_ENDPOINT",
                    "found '%s', expected a path that starts with '/', an http(s) URL, or nothing for no probes"
                            .formatted(health));
        }
        return Optional.of(health);
    }

    private static int embeddingChars(PluginContext context) {
        Optional<String> asked = Variables.notBlank(context, EMBEDDING_CHARS);
        if (asked.isEmpty()) {
            return DEFAULT_EMBEDDING_CHARS;
        }
        try {
            int chars = Integer.parseInt(asked.get());
            if (chars > 0 && chars <= MOST_EMBEDDING_CHARS) {
                return chars;
            }
        } catch (NumberFormatException notANumber) {
            // Told below, like a number that does not fit.
        }
        context.warning("%s: found '%s', expected a whole number from 1 to %d; %d is used"
                .formatted(EMBEDDING_CHARS, asked.get(), MOST_EMBEDDING_CHARS, DEFAULT_EMBEDDING_CHARS));
        return DEFAULT_EMBEDDING_CHARS;
    }
}
