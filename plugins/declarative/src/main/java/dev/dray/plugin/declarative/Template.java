package dev.dray.plugin.declarative;

import dev.dray.model.Bytes;
import dev.dray.plugin.declarative.Expression.FailedException;
import dev.dray.spi.BenchmarkPlan;
import java.util.List;
import java.util.random.RandomGenerator;

/// A payload with expressions in it, filled in anew for each request of a benchmark.
///
/// @param root the whole payload
record Template(Part root) implements BenchmarkPlan.Payloads {
    @Override
    public Bytes next(RandomGenerator random) {
        var out = new JsonOut();
        try {
            write(root, out, random);
        } catch (FailedException | IllegalArgumentException failure) {
            throw new IllegalStateException("'benchmark.template' failed: " + failure.getMessage(), failure);
        }
        return out.bytes();
    }

    private static void write(Part part, JsonOut out, RandomGenerator random) throws FailedException {
        switch (part) {
            case Part.Fixed(Bytes json) -> out.raw(json);
            case Part.Value(Expression expression) -> out.value(expression.with(random));
            case Part.Text(List<Piece> pieces) -> out.text(text(pieces, random));
            case Part.Members(List<Part.Named> members) -> {
                String separator = "{";
                for (Part.Named member : members) {
                    out.raw(separator);
                    out.raw(member.name());
                    out.raw(":");
                    write(member.value(), out, random);
                    separator = ",";
                }
                out.raw("}");
            }
            case Part.Elements(List<Part> elements) -> {
                String separator = "[";
                for (Part element : elements) {
                    out.raw(separator);
                    write(element, out, random);
                    separator = ",";
                }
                out.raw("]");
            }
        }
    }

    private static String text(List<Piece> pieces, RandomGenerator random) throws FailedException {
        var text = new StringBuilder();
        for (Piece piece : pieces) {
            switch (piece) {
                case Piece.Plain(String plain) -> text.append(plain);
                case Piece.Computed(Expression expression) -> {
                    Object value = expression.with(random);
                    text.append(
                            value instanceof String string
                                    ? string
                                    : JsonOut.of(value).utf8Text());
                }
            }
        }
        return text.toString();
    }

    /// A part of the payload.
    sealed interface Part {
        /// JSON without expressions.
        record Fixed(Bytes json) implements Part {}

        /// A value that an expression gives.
        record Value(Expression expression) implements Part {}

        /// A text with values put in.
        record Text(List<Piece> pieces) implements Part {}

        /// An object; at least one member.
        record Members(List<Named> members) implements Part {}

        /// An array; at least one element.
        record Elements(List<Part> elements) implements Part {}

        /// A member of an object.
        ///
        /// @param name with quotes and escapes
        record Named(Bytes name, Part value) {}
    }

    /// A piece of a text.
    sealed interface Piece {
        record Plain(String text) implements Piece {}

        /// A text goes in as it is, anything else as JSON.
        record Computed(Expression expression) implements Piece {}
    }
}
