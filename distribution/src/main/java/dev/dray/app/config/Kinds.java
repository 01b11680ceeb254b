package dev.dray.app.config;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dray.app.config.Kind.Reading;
import dev.dray.app.config.YamlValue.Scalar;
import dev.dray.app.config.YamlValue.Shape;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/// The types of single values. Types of lists and groups are in [GroupKinds], of spans and sizes in
/// [Measures].
final class Kinds {
    private static final Set<String> YES = Set.of("y", "yes", "t", "true", "on", "1");
    private static final Set<String> NO = Set.of("n", "no", "f", "false", "off", "0");

    private Kinds() {}

    static Kind<String> text(String expected) {
        return scalar(
                expected,
                () -> Schemas.text(Schemas.SAID),
                scalar ->
                        isTextual(scalar) && !scalar.text().isBlank() ? Optional.of(scalar.text()) : Optional.empty());
    }

    /// A plugin's name. To YAML a bare `null` is nothing; here it is the plugin of that name.
    static Kind<String> plugin() {
        return scalar(
                "a plugin id, such as vllm",
                () -> Schemas.anyOf(Schemas.text(Schemas.SAID), Schemas.of("null")),
                scalar -> {
                    boolean said = isTextual(scalar)
                            || (scalar.shape() == Shape.NOTHING && scalar.text().equals("null"));
                    return said && !scalar.text().isBlank() ? Optional.of(scalar.text()) : Optional.empty();
                });
    }

    static Kind<Long> whole(long least, long most) {
        String range = most == Long.MAX_VALUE ? least + " or more" : least + " to " + most;
        return scalar(
                "a whole number, " + range,
                () -> Schemas.whole(least, most),
                scalar -> number(scalar).flatMap(Kinds::asLong).filter(number -> number >= least && number <= most));
    }

    static Kind<Integer> port() {
        return mapped(whole(0, 65_535), Long::intValue);
    }

    static Kind<Integer> count() {
        return mapped(whole(1, Integer.MAX_VALUE), Long::intValue);
    }

    static Kind<Double> positive() {
        return scalar(
                "a number above 0",
                () -> Schemas.above(0),
                scalar -> number(scalar)
                        .map(BigDecimal::doubleValue)
                        .filter(number -> number > 0 && Double.isFinite(number)));
    }

    /// In the file `true` or `false`; in a variable any of the words the platform's own worker takes.
    static Kind<Boolean> truth() {
        return scalar("true or false", () -> Schemas.of("boolean"), scalar -> switch (scalar.shape()) {
            case TRUTH -> Optional.of(scalar.text().equals("true"));
            case LOOSE -> word(scalar.text().trim().toLowerCase(Locale.ROOT));
            case TEXT, NUMBER, NOTHING -> Optional.empty();
        });
    }

    private static Optional<Boolean> word(String word) {
        if (YES.contains(word)) {
            return Optional.of(true);
        }
        return NO.contains(word) ? Optional.of(false) : Optional.empty();
    }

    static <E extends Enum<E>> Kind<E> oneOf(Class<E> words) {
        List<E> constants = Arrays.asList(words.getEnumConstants());
        List<String> spelled = constants.stream().map(Kinds::spelled).toList();
        return scalar(
                "one of " + String.join(", ", spelled),
                () -> Schemas.words(spelled),
                scalar -> constants.stream()
                        .filter(constant ->
                                isTextual(scalar) && spelled(constant).equals(word(scalar)))
                        .findFirst());
    }

    // Variables are written in capitals as often as not, VAST_LOG_LEVEL=INFO.
    private static String word(Scalar scalar) {
        return scalar.shape() == Shape.LOOSE ? scalar.text().toLowerCase(Locale.ROOT) : scalar.text();
    }

    /// A base address: scheme, host, port, perhaps a path; no query.
    static Kind<URI> baseUrl() {
        return baseUrl("a URL such as http://127.0.0.1:18000");
    }

    static Kind<URI> baseUrl(String expected) {
        return scalar(
                expected,
                () -> Schemas.text(Schemas.BASE_URL),
                scalar -> url(scalar.text())
                        .filter(url -> isTextual(scalar) && url.getQuery() == null && url.getFragment() == null));
    }

    /// A path beginning with a slash, or an absolute URL.
    static Kind<String> pathOrUrl() {
        return scalar(
                "a path such as /health, or an absolute URL",
                () -> Schemas.text(Schemas.PATH_OR_URL),
                scalar -> Optional.of(scalar.text())
                        .filter(text -> isTextual(scalar)
                                && (isUrlPath(text) || url(text).isPresent())));
    }

    /// An address to bind.
    static Kind<String> host() {
        return scalar(
                "a host name or address without port, such as 127.0.0.1 or ::",
                () -> Schemas.text(Schemas.HOST),
                scalar -> Optional.of(scalar.text()).filter(text -> isTextual(scalar) && text.matches(Schemas.HOST)));
    }

    static Kind<String> route() {
        return scalar(
                "a path that begins with '/', such as /v1/completions",
                () -> Schemas.text(Schemas.PATH),
                scalar -> Optional.of(scalar.text()).filter(text -> isTextual(scalar) && isUrlPath(text)));
    }

    static <T> Kind<OrNone<T>> orNone(Kind<T> kind) {
        return new OrNoneKind<>(kind);
    }

    static <T, R> Kind<R> mapped(Kind<T> kind, Function<T, R> into) {
        return new MappedKind<>(kind, into);
    }

    static <T> Kind<T> scalar(String expected, Supplier<ObjectNode> schema, Function<Scalar, Optional<T>> reader) {
        return new ScalarKind<>(expected, schema, reader);
    }

    static boolean isTextual(Scalar scalar) {
        return scalar.shape() == Shape.TEXT || scalar.shape() == Shape.LOOSE;
    }

    static Optional<BigDecimal> number(Scalar scalar) {
        if (scalar.shape() != Shape.NUMBER && scalar.shape() != Shape.LOOSE) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BigDecimal(scalar.text().trim()));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    static Optional<URI> url(String text) {
        try {
            var url = new URI(text);
            String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
            boolean web = scheme.equals("http") || scheme.equals("https");
            return web && url.getHost() != null && url.getPort() <= 65_535 ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException notAUrl) {
            return Optional.empty();
        }
    }

    /// The word of the file for a constant: `lower-case-dashed`.
    static String spelled(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static boolean isUrlPath(String text) {
        return text.startsWith("/") && text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '#');
    }

    private static Optional<Long> asLong(BigDecimal number) {
        try {
            return Optional.of(number.longValueExact());
        } catch (ArithmeticException fractionOrTooLarge) {
            return Optional.empty();
        }
    }

    private record ScalarKind<T>(String expected, Supplier<ObjectNode> form, Function<Scalar, Optional<T>> reader)
            implements Kind<T> {
        @Override
        public ObjectNode schema() {
            return form.get();
        }

        @Override
        public Reading<T> read(YamlValue value) {
            if (value instanceof Scalar scalar) {
                Optional<T> read = reader.apply(scalar);
                if (read.isPresent()) {
                    return new Reading.Good<>(read.get());
                }
            }
            return new Reading.Bad<>(value, expected);
        }
    }

    private record OrNoneKind<T>(Kind<T> kind) implements Kind<OrNone<T>> {
        @Override
        public String expected() {
            return kind.expected() + ", or none";
        }

        @Override
        public ObjectNode schema() {
            return Schemas.anyOf(Schemas.word("none"), kind.schema());
        }

        @Override
        public Reading<OrNone<T>> read(YamlValue value) {
            if (value instanceof Scalar scalar
                    && isTextual(scalar)
                    && scalar.text().equals("none")) {
                return new Reading.Good<>(new OrNone<>(Optional.empty()));
            }
            return switch (kind.read(value)) {
                case Reading.Good<T>(T read) -> new Reading.Good<>(new OrNone<>(Optional.of(read)));
                case Reading.Bad<T>(YamlValue culprit, String _)
                when culprit.equals(value) -> new Reading.Bad<>(culprit, expected());
                case Reading.Bad<T>(YamlValue culprit, String expected) -> new Reading.Bad<>(culprit, expected);
            };
        }
    }

    private record MappedKind<T, R>(Kind<T> kind, Function<T, R> into) implements Kind<R> {
        @Override
        public ObjectNode schema() {
            return kind.schema();
        }

        @Override
        public String expected() {
            return kind.expected();
        }

        @Override
        public Reading<R> read(YamlValue value) {
            return switch (kind.read(value)) {
                case Reading.Good<T>(T read) -> new Reading.Good<>(into.apply(read));
                case Reading.Bad<T>(YamlValue culprit, String expected) -> new Reading.Bad<>(culprit, expected);
            };
        }
    }
}
