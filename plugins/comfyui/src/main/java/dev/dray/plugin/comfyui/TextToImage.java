package dev.dray.plugin.comfyui;

import dev.dray.model.Bytes;
import dev.dray.spi.PluginContext;
import java.util.List;
import java.util.random.RandomGenerator;

/// The benchmark where there is no workflow to measure with: the wrapper's own modifier `Text2Image`.
///
/// @param prompts one or more
/// @param width   of the image, pixels
/// @param height  of the image, pixels
/// @param steps   of the sampler
record TextToImage(List<String> prompts, int width, int height, int steps) {
    private static final int SIDE = 512;
    private static final int STEPS = 20;

    TextToImage {
        prompts = List.copyOf(prompts);
    }

    /// Reads size and steps from the environment.
    static TextToImage read(List<String> prompts, PluginContext context) {
        return new TextToImage(
                prompts,
                positive("BENCHMARK_TEST_WIDTH", SIDE, context),
                positive("BENCHMARK_TEST_HEIGHT", SIDE, context),
                positive("BENCHMARK_TEST_STEPS", STEPS, context));
    }

    Bytes payload(String requestId, RandomGenerator random) {
        String prompt = JsonText.quoted(prompts.get(random.nextInt(prompts.size())));
        // 63 bits: from 0 to the largest long.
        long seed = random.nextLong() >>> 1;
        return Bytes.utf8("""
                {"input": {"request_id": "%s", "modifier": "Text2Image", "modifications": \
                {"prompt": %s, "width": %d, "height": %d, "steps": %d, "seed": %d}}}""".formatted(requestId, prompt, width, height, steps, seed));
    }

    private static int positive(String variable, int otherwise, PluginContext context) {
        String text = context.environment(variable).map(String::strip).orElse("");
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            int value = Integer.parseInt(text);
            if (value > 0) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            // Told below, with what is too small.
        }
        context.warning("%s: found '%s', expected a whole number of 1 or more; %d is used"
                .formatted(variable, text, otherwise));
        return otherwise;
    }
}
