package dev.dray.plugin.declarative;

import dev.dray.model.JsonValue;
import dev.dray.model.JsonValue.JsonObject;
import dev.dray.spi.HandlerOverlay;
import dev.dray.spi.Route;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Compiles the expressions of one entry after another, all with one compiler, which the first of them
/// makes. Used at
/// the start, by one thread.
final class CelOverlay implements HandlerOverlay {
    private @Nullable Language language;

    @Override
    public Route over(Route base, JsonObject handler, Mistakes mistakes) {
        Optional<Expression> workload = text(handler, "/workload")
                .flatMap(text -> language().compile(text, Expected.PRICE, told("/workload", mistakes)));
        Optional<Expression> request = text(handler, "/request")
                .flatMap(text -> language().compile(text, Expected.REQUEST, told("/request", mistakes)));
        Optional<Template> template = handler.at(TemplateReader.POINTER)
                .flatMap(value -> new TemplateReader(language(), mistakes).read(value));
        return new CelRoute(base, workload, request, template);
    }

    private static Optional<String> text(JsonObject handler, String pointer) {
        return handler.at(pointer).flatMap(JsonValue::text);
    }

    private static Language.Told told(String pointer, Mistakes mistakes) {
        return (offset, message) -> mistakes.tell(pointer, offset, message);
    }

    private Language language() {
        Language known = language;
        if (known == null) {
            known = new Language();
            language = known;
        }
        return known;
    }
}
