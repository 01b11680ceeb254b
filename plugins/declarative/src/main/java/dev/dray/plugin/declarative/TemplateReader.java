package dev.dray.plugin.declarative;

import dev.dray.model.JsonValue;
import dev.dray.model.JsonValue.JsonArray;
import dev.dray.model.JsonValue.JsonObject;
import dev.dray.model.JsonValue.JsonString;
import dev.dray.plugin.declarative.Template.Part;
import dev.dray.plugin.declarative.Template.Piece;
import dev.dray.spi.HandlerOverlay.Mistakes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads a template: an object whose texts hold `${…}`, or a text that is one expression.
final class TemplateReader {
    /// Where it stands in an entry.
    static final String POINTER = "/benchmark/template";

    private static final Part NOTHING = new Part.Members(List.of());

    private final Language language;
    private final Mistakes mistakes;
    private boolean faulty;

    TemplateReader(Language language, Mistakes mistakes) {
        this.language = language;
        this.mistakes = mistakes;
    }

    /// The template; empty where there are mistakes.
    Optional<Template> read(JsonValue value) {
        Part root = switch (value) {
            case JsonString text -> expression(text.value(), POINTER, 0, Expected.TEMPLATE);
            case JsonObject object -> part(object, POINTER);
            case JsonArray _, JsonValue.JsonNumber _, JsonValue.JsonBoolean _, JsonValue.JsonNull _ -> {
                tell(POINTER, 0, "expected an object whose texts may hold ${…}, or an expression that gives one");
                yield NOTHING;
            }
        };
        return faulty ? Optional.empty() : Optional.of(new Template(root));
    }

    private Part part(JsonValue value, String pointer) {
        return switch (value) {
            case JsonString text -> text(text, pointer);
            case JsonObject object -> object(object, pointer);
            case JsonArray array -> array(array, pointer);
            case JsonValue.JsonNumber _, JsonValue.JsonBoolean _, JsonValue.JsonNull _ ->
                new Part.Fixed(value.source());
        };
    }

    private Part object(JsonObject object, String pointer) {
        var members = new ArrayList<Part.Named>();
        object.forEach((name, value) -> {
            String token = name.value().replace("~", "~0").replace("/", "~1");
            members.add(new Part.Named(name.source(), part(value, pointer + "/" + token)));
        });
        boolean fixed = members.stream().allMatch(member -> member.value() instanceof Part.Fixed);
        return fixed ? new Part.Fixed(object.source()) : new Part.Members(List.copyOf(members));
    }

    private Part array(JsonArray array, String pointer) {
        var elements = new ArrayList<Part>();
        array.forEach(value -> elements.add(part(value, pointer + "/" + elements.size())));
        boolean fixed = elements.stream().allMatch(Part.Fixed.class::isInstance);
        return fixed ? new Part.Fixed(array.source()) : new Part.Elements(List.copyOf(elements));
    }

    private Part text(JsonString source, String pointer) {
        String text = source.value();
        int open = text.indexOf("${");
        if (open < 0) {
            return new Part.Fixed(source.source());
        }
        if (open == 0 && Braces.end(text, 2) == text.length() - 1) {
            return expression(text.substring(2, text.length() - 1), pointer, 2, Expected.PART);
        }
        var pieces = new ArrayList<Piece>();
        int from = 0;
        while (open >= 0) {
            pieces.add(new Piece.Plain(text.substring(from, open)));
            int close = Braces.end(text, open + 2);
            if (close < 0) {
                tell(pointer, text.codePointCount(0, open), "found '${' without its '}'");
                return NOTHING;
            }
            int start = text.codePointCount(0, open + 2);
            if (expression(text.substring(open + 2, close), pointer, start, Expected.PART)
                    instanceof Part.Value(Expression expression)) {
                pieces.add(new Piece.Computed(expression));
            }
            from = close + 1;
            open = text.indexOf("${", from);
        }
        pieces.add(new Piece.Plain(text.substring(from)));
        return new Part.Text(List.copyOf(pieces));
    }

    private Part expression(String text, String pointer, int start, Expected expected) {
        return language.compile(text, expected, (offset, message) -> tell(pointer, start + offset, message))
                .<Part>map(Part.Value::new)
                .orElse(NOTHING);
    }

    private void tell(String pointer, int offset, String message) {
        faulty = true;
        mistakes.tell(pointer, offset, message);
    }
}
