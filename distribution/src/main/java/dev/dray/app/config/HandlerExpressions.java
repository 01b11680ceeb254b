package dev.dray.app.config;

import dev.dray.app.config.FileSettings.HandlerEntry;
import dev.dray.app.config.YamlValue.Group;
import dev.dray.app.config.YamlValue.Items;
import dev.dray.app.config.YamlValue.Member;
import dev.dray.app.config.YamlValue.Place;
import dev.dray.app.config.YamlValue.Scalar;
import dev.dray.model.JsonValue;
import dev.dray.model.JsonValue.JsonObject;
import java.util.List;
import java.util.Optional;

/// An entry under `handlers` that holds expressions, for the plugin that compiles them.
public final class HandlerExpressions {
    private final FileSettings settings;
    private final HandlerEntry entry;

    HandlerExpressions(FileSettings settings, HandlerEntry entry) {
        this.settings = settings;
        this.entry = entry;
    }

    /// The whole entry as JSON.
    public JsonObject entry() {
        return (JsonObject) JsonValue.parse(JsonText.of(entry.group()));
    }

    /// Whether there is one that makes the request for the model server.
    public boolean makeRequests() {
        return entry.found().containsKey(HandlerKeys.REQUEST.path());
    }

    /// Whether there is one that makes payloads for the benchmark.
    public boolean makePayloads() {
        return entry.found().containsKey(HandlerKeys.TEMPLATE.path());
    }

    /// A mistake in one of them.
    ///
    /// @param pointer JSON pointer of the text in [#entry()]
    /// @param offset  of the mistake in the text, in code points
    public Problem problem(String pointer, int offset, String message) {
        Origin origin = find(entry.group(), pointer)
                .<Origin>map(scalar -> inText(TextPlace.of(settings.text(), scalar, offset)))
                .orElseGet(() -> inText(entry.place()));
        return Problem.said(origin, entry.shown() + pointer.replace('/', '.'), message);
    }

    /// Nobody compiles them.
    public Problem orphaned() {
        return new Problem(
                inText(entry.place()),
                entry.shown(),
                "an expression, and no plugin that compiles expressions",
                "the plugin 'declarative' in plugins/, or numbers alone",
                "add the plugin, or remove 'request', 'benchmark.template' and whatever is no number in 'workload'");
    }

    private Origin inText(Place place) {
        return new Origin.InText(settings.fileName(), place.line(), place.column());
    }

    private static Optional<Scalar> find(YamlValue from, String pointer) {
        YamlValue here = from;
        for (String token : List.of(pointer.substring(1).split("/", -1))) {
            Optional<YamlValue> next = step(here, token.replace("~1", "/").replace("~0", "~"));
            if (next.isEmpty()) {
                return Optional.empty();
            }
            here = next.get();
        }
        return here instanceof Scalar scalar ? Optional.of(scalar) : Optional.empty();
    }

    private static Optional<YamlValue> step(YamlValue from, String token) {
        return switch (from) {
            case Group group ->
                group.members().stream()
                        .filter(member -> member.name().equals(token))
                        .map(Member::value)
                        .findFirst();
            case Items items ->
                token.matches("\\d{1,9}")
                                && Integer.parseInt(token) < items.values().size()
                        ? Optional.of(items.values().get(Integer.parseInt(token)))
                        : Optional.empty();
            case Scalar _ -> Optional.empty();
        };
    }
}
