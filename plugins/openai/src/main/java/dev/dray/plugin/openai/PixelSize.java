package dev.dray.plugin.openai;

import dev.dray.model.JsonValue;
import dev.dray.model.JsonValue.JsonString;
import java.util.Locale;
import java.util.Optional;

/// The two halves of a size such as `1024x768`, as the client wrote them; either may be empty.
///
/// @param width  what stands before the `x`
/// @param height what stands behind it
record PixelSize(String width, String height) {
    /// Past any size that means something; keeps a long text from being copied.
    private static final int MOST_BYTES = 1_024;

    /// Empty where the field is no text or holds no `x`: `auto` leaves the size to the engine.
    static Optional<PixelSize> read(Optional<JsonValue> field) {
        if (!(field.orElse(null) instanceof JsonString text) || text.source().length() > MOST_BYTES) {
            return Optional.empty();
        }
        String size = text.value().toLowerCase(Locale.ROOT);
        int by = size.indexOf('x');
        return by < 0 ? Optional.empty() : Optional.of(new PixelSize(size.substring(0, by), size.substring(by + 1)));
    }
}
