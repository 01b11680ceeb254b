package dev.dray.app.config;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Pieces of JSON Schema, draft 2020-12, in which each [Kind] says what an editor may let pass.
///
/// Patterns keep to what Java and ECMAScript both read in the same way.
final class Schemas {
    /// Any text but a blank one.
    static final String SAID = "\\S";

    private static final String URL_PIECE = "(%[0-9A-Fa-f]{2}|[^\\s?#\"<>\\\\^`{|}%])*";
    private static final String LABEL = "[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?";
    private static final String PORT = "(:([0-5]?[0-9]{1,4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])?)?";
    private static final String AUTHORITY =
            "[hH][tT][tT][pP][sS]?://([^\\s/?#@\\[\\]]*@)?(\\[[0-9A-Fa-f:.]+\\]|(%s\\.)*%s\\.?)%s"
                    .formatted(LABEL, LABEL, PORT);

    /// A URL without query and fragment.
    static final String BASE_URL = "^" + AUTHORITY + "(/" + URL_PIECE + ")?$";

    /// A path, with or without a query.
    static final String PATH = "^/[!\"$-~]*$";

    /// A path, or a URL with or without a query.
    static final String PATH_OR_URL =
            "^(/[!\"$-~]*|" + AUTHORITY + "(/" + URL_PIECE + ")?(\\?" + URL_PIECE + ")?(#" + URL_PIECE + ")?)$";

    static final String HOST = "^([A-Za-z0-9._-]+|[0-9A-Fa-f:.%a-z]+)$";

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

    private Schemas() {}

    static ObjectNode of(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }

    static ObjectNode text(String pattern) {
        return of("string").put("pattern", pattern);
    }

    static ObjectNode whole(long least, long most) {
        return of("integer").put("minimum", least).put("maximum", most);
    }

    static ObjectNode above(double least) {
        return of("number").put("exclusiveMinimum", least);
    }

    static ObjectNode words(List<String> words) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        words.forEach(schema.putArray("enum")::add);
        return schema;
    }

    static ObjectNode word(String word) {
        return JsonNodeFactory.instance.objectNode().put("const", word);
    }

    /// An amount with one of these units, or a bare number.
    ///
    /// @param most of a bare number
    static ObjectNode amount(Collection<String> units, boolean orZero, long most) {
        ObjectNode number = of("number").put("maximum", most);
        number.put(orZero ? "minimum" : "exclusiveMinimum", 0);
        String some = orZero ? "" : "(?=[0-9.]*[1-9])";
        String unit = String.join("|", new TreeSet<>(units));
        return anyOf(number, text("^\\s*" + some + "[0-9]+(\\.[0-9]+)?\\s*(" + unit + ")\\s*$"));
    }

    static ObjectNode anyOf(ObjectNode... choices) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        ArrayNode all = schema.putArray("anyOf");
        for (ObjectNode choice : choices) {
            all.add(choice);
        }
        return schema;
    }

    static ObjectNode listOf(ObjectNode items) {
        ObjectNode schema = of("array");
        schema.set("items", items);
        return schema;
    }

    /// A group whose names are all known.
    static ObjectNode group() {
        ObjectNode schema = of("object").put("additionalProperties", false);
        schema.putObject("properties");
        return schema;
    }

    /// Names of header fields, but for these, however they are written.
    static String headerNames(Collection<String> forbidden, String forbiddenPrefix) {
        String names = new TreeSet<>(forbidden)
                .stream().map(name -> anyCase(name) + "$").collect(Collectors.joining("|"));
        String prefix = forbiddenPrefix.isEmpty() ? "" : "|" + anyCase(forbiddenPrefix);
        return "^(?!" + names + prefix + ")" + TOKEN + "$";
    }

    private static String anyCase(String name) {
        return name.chars()
                .mapToObj(Character::toString)
                .map(each -> each.toUpperCase(Locale.ROOT).equals(each)
                        ? each
                        : "[" + each + each.toUpperCase(Locale.ROOT) + "]")
                .collect(Collectors.joining());
    }
}
