package dev.dray.app.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dray.app.config.Kind.Reading;
import dev.dray.app.config.YamlValue.Group;
import dev.dray.app.config.YamlValue.Items;
import dev.dray.app.config.YamlValue.Scalar;
import dev.dray.app.config.YamlValue.Shape;
import dev.dray.model.Bytes;
import dev.dray.model.HeaderField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The types of lists and groups.
final class GroupKinds {
    /// Written by the model client for each request, or about one connection only.
    private static final Set<String> NOT_SETTABLE = Set.of(
            "host",
            "content-length",
            "content-type",
            "transfer-encoding",
            "connection",
            "keep-alive",
            "expect",
            "te",
            "trailer",
            "upgrade",
            "accept-encoding");

    /// Keys of dray's own clients, beside those.
    private static final Set<String> NOT_FORWARDED = Set.of("authorization", "proxy-authorization", "user-agent");

    // Latin-1 without controls but for 0x80 to 0x9f, as HTTP lets them through.
    private static final String ONE_LINE = "^[\\u0020-\\u007e\\u0080-\\u00ff]*$";

    private GroupKinds() {}

    /// In a variable the values are parted by commas.
    static <T> Kind<List<T>> listOf(Kind<T> kind) {
        return new ListKind<>(kind);
    }

    /// A program and its arguments, as they are: no shell reads them.
    static Kind<List<String>> command() {
        Kind<List<String>> words = listOf(Kinds.text("an argument, in quotes if it is a number"));
        return new CommandKind(words);
    }

    static Kind<String> forwardHeader() {
        return Kinds.scalar(
                "the name of a header that is neither about the connection nor a key of dray's clients",
                () -> Schemas.text(Schemas.headerNames(notForwarded(), "proxy-")),
                scalar -> Optional.of(scalar.text().toLowerCase(Locale.ROOT))
                        .filter(name -> Kinds.isTextual(scalar)
                                && isToken(name)
                                && !NOT_SETTABLE.contains(name)
                                && !NOT_FORWARDED.contains(name)
                                && !name.startsWith("proxy-")));
    }

    static Kind<List<HeaderField>> headers() {
        return new HeadersKind();
    }

    /// A list of payloads; each becomes its JSON text.
    static Kind<List<Bytes>> dataset() {
        return new DatasetKind();
    }

    /// A payload with expressions in it: a group, or a text that is one expression.
    static Kind<YamlValue> template() {
        return new TemplateKind();
    }

    private static Set<String> notForwarded() {
        return Stream.concat(NOT_SETTABLE.stream(), NOT_FORWARDED.stream()).collect(Collectors.toSet());
    }

    private static boolean isToken(String name) {
        return name.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    }

    private record ListKind<T>(Kind<T> kind) implements Kind<List<T>> {
        @Override
        public String expected() {
            return "a list of: " + kind.expected();
        }

        @Override
        public ObjectNode schema() {
            return Schemas.listOf(kind.schema());
        }

        @Override
        public Reading<List<T>> read(YamlValue value) {
            var read = new ArrayList<T>();
            for (YamlValue item : items(value)) {
                switch (kind.read(item)) {
                    case Reading.Good<T>(T good) -> read.add(good);
                    case Reading.Bad<T>(YamlValue culprit, String expected) -> {
                        return new Reading.Bad<>(culprit, expected);
                    }
                }
            }
            boolean listed = value instanceof Items || isLoose(value);
            return listed ? new Reading.Good<>(List.copyOf(read)) : new Reading.Bad<>(value, expected());
        }

        private static List<? extends YamlValue> items(YamlValue value) {
            if (value instanceof Items items) {
                return items.values();
            }
            if (value instanceof Scalar scalar && isLoose(scalar)) {
                return Arrays.stream(scalar.text().split(",", -1))
                        .map(String::trim)
                        .filter(text -> !text.isEmpty())
                        .map(Scalar::loose)
                        .toList();
            }
            return List.of();
        }

        private static boolean isLoose(YamlValue value) {
            return value instanceof Scalar scalar && scalar.shape() == Shape.LOOSE;
        }
    }

    private record CommandKind(Kind<List<String>> words) implements Kind<List<String>> {
        @Override
        public String expected() {
            return "a program and its arguments, such as [vllm, serve, my-model]";
        }

        @Override
        public ObjectNode schema() {
            return words.schema().put("minItems", 1);
        }

        @Override
        public Reading<List<String>> read(YamlValue value) {
            Reading<List<String>> read = words.read(value);
            boolean nothing = read instanceof Reading.Good<List<String>>(List<String> found) && found.isEmpty();
            return nothing || !(value instanceof Items) ? new Reading.Bad<>(value, expected()) : read;
        }
    }

    private record HeadersKind() implements Kind<List<HeaderField>> {
        @Override
        public String expected() {
            return "a group of header names with their text, such as Authorization: \"Bearer …\"";
        }

        @Override
        public ObjectNode schema() {
            ObjectNode schema = Schemas.of("object");
            schema.putObject("propertyNames").put("pattern", Schemas.headerNames(NOT_SETTABLE, ""));
            schema.set("additionalProperties", Schemas.text(ONE_LINE));
            return schema;
        }

        @Override
        public Reading<List<HeaderField>> read(YamlValue value) {
            if (!(value instanceof Group group)) {
                return new Reading.Bad<>(value, expected());
            }
            var fields = new ArrayList<HeaderField>();
            for (YamlValue.Member member : group.members()) {
                if (NOT_SETTABLE.contains(member.name().toLowerCase(Locale.ROOT)) || !isToken(member.name())) {
                    return bad(member, "no '" + member.name() + "', which dray writes itself or HTTP forbids");
                }
                if (!(member.value() instanceof Scalar scalar)
                        || scalar.shape() != Shape.TEXT
                        || !scalar.text().chars().allMatch(c -> c >= ' ' && c <= 0xff && c != 0x7f)) {
                    return bad(member, "one line of text for '" + member.name() + "', in quotes if it is a number");
                }
                fields.add(new HeaderField(member.name(), scalar.text().strip()));
            }
            return new Reading.Good<>(List.copyOf(fields));
        }

        private static Reading<List<HeaderField>> bad(YamlValue.Member member, String expected) {
            return new Reading.Bad<>(new Scalar(member.place(), Shape.TEXT, member.name()), expected);
        }
    }

    private record TemplateKind() implements Kind<YamlValue> {
        @Override
        public String expected() {
            return "a payload, such as {prompt: \"${random_words(250)}\", max_tokens: 500}";
        }

        @Override
        public ObjectNode schema() {
            return Schemas.anyOf(Schemas.of("object"), Schemas.of("string"));
        }

        @Override
        public Reading<YamlValue> read(YamlValue value) {
            boolean text = value instanceof Scalar scalar && scalar.shape() == Shape.TEXT;
            return text || value instanceof Group ? new Reading.Good<>(value) : new Reading.Bad<>(value, expected());
        }
    }

    private record DatasetKind() implements Kind<List<Bytes>> {
        @Override
        public String expected() {
            return "a list of one or more payloads, such as [{prompt: hello, max_tokens: 128}]";
        }

        @Override
        public ObjectNode schema() {
            return Schemas.listOf(Schemas.of("object")).put("minItems", 1);
        }

        @Override
        public Reading<List<Bytes>> read(YamlValue value) {
            if (!(value instanceof Items items) || items.values().isEmpty()) {
                return new Reading.Bad<>(value, expected());
            }
            for (YamlValue item : items.values()) {
                if (!(item instanceof Group)) {
                    return new Reading.Bad<>(item, "a payload, such as {prompt: hello, max_tokens: 128}");
                }
            }
            return new Reading.Good<>(
                    items.values().stream().map(JsonText::of).collect(Collectors.toUnmodifiableList()));
        }
    }
}
