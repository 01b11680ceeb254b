package dev.dray.plugin.openai;

import dev.dray.model.JsonValue;
import java.util.Optional;

/// Prices videos by pixels, frames and outputs; what the model is left to choose counts as in the
/// reference.
final class VideoPrice {
    static final int REFERENCE_WIDTH = 832;
    static final int REFERENCE_HEIGHT = 480;
    static final int REFERENCE_FRAMES = 33;
    private static final double REFERENCE_PIXELS = REFERENCE_WIDTH * REFERENCE_HEIGHT;
    private static final double FRAMES_PER_SECOND = 24;

    private VideoPrice() {}

    static double of(Members members) {
        double outputs = Lenient.number(members.get("num_outputs_per_prompt"), 1);
        return RequestUnits.of(pixels(members) * frames(members) * outputs, REFERENCE_PIXELS * REFERENCE_FRAMES);
    }

    // The engines let `size` win.
    private static double pixels(Members members) {
        return PixelSize.read(members.get("size"))
                .map(VideoPrice::pixels)
                .orElseGet(() -> pixels(members.get("width"), members.get("height")));
    }

    private static double pixels(PixelSize size) {
        return size.width().isEmpty() || size.height().isEmpty()
                ? REFERENCE_PIXELS
                : Lenient.number(size.width(), REFERENCE_WIDTH) * Lenient.number(size.height(), REFERENCE_HEIGHT);
    }

    private static double pixels(Optional<JsonValue> width, Optional<JsonValue> height) {
        return Lenient.says(width) && Lenient.says(height)
                ? Lenient.number(width, REFERENCE_WIDTH) * Lenient.number(height, REFERENCE_HEIGHT)
                : REFERENCE_PIXELS;
    }

    private static double frames(Members members) {
        Optional<JsonValue> frames = members.get("num_frames");
        if (Lenient.says(frames)) {
            return Lenient.number(frames, REFERENCE_FRAMES);
        }
        Optional<JsonValue> seconds = members.get("seconds");
        return Lenient.says(seconds)
                ? Lenient.number(seconds, 1) * Lenient.number(members.get("fps"), FRAMES_PER_SECOND)
                : REFERENCE_FRAMES;
    }
}
