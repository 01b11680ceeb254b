package dev.dray.plugin.openai;

import dev.dray.model.JsonValue.JsonObject;

/// Prices images by their number and their pixels.
final class ImagePrice {
    static final int REFERENCE_SIDE = 1_024;
    private static final double REFERENCE = (double) REFERENCE_SIDE * REFERENCE_SIDE;

    private ImagePrice() {}

    static double of(JsonObject content) {
        return of(Members.of(content, "size", "n"));
    }

    static double of(Members members) {
        double pixels = PixelSize.read(members.get("size"))
                .map(size -> side(size.width()) * side(size.height()))
                .orElse(REFERENCE);
        return RequestUnits.of(Lenient.number(members.get("n"), 1) * pixels, REFERENCE);
    }

    private static double side(String text) {
        return Lenient.number(text, REFERENCE_SIDE);
    }
}
