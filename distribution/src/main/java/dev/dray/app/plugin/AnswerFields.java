package dev.dray.app.plugin;

import dev.dray.model.HeaderField;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Header fields of a whole answer: which are about its body, and which about the connection it came on.
final class AnswerFields {
    private static final Set<String> OF_CONNECTION = Set.of(
            "connection",
            "content-length",
            "keep-alive",
            "proxy-authenticate",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private AnswerFields() {}

    /// The fields that another connection may carry, without `Content-Length`.
    static List<HeaderField> ofBody(List<HeaderField> fields) {
        Set<String> dropped = new HashSet<>(OF_CONNECTION);
        for (HeaderField field : fields) {
            if (field.is("Connection")) {
                for (String name : field.value().split(",", -1)) {
                    dropped.add(name.strip().toLowerCase(Locale.ROOT));
                }
            }
        }
        return fields.stream()
                .filter(field -> !dropped.contains(field.name().toLowerCase(Locale.ROOT)))
                .toList();
    }

    /// The first name that no header can hold.
    static Optional<String> badName(List<HeaderField> fields) {
        return fields.stream()
                .map(HeaderField::name)
                .filter(name -> !NAME.matcher(name).matches())
                .findFirst();
    }

    /// The body's length as the head tells it; -1 where it does not.
    static long announcedLength(List<HeaderField> fields) {
        try {
            return HeaderField.first(fields, "Content-Length")
                    .map(Long::parseLong)
                    .orElse(-1L);
        } catch (NumberFormatException tooManyDigits) {
            return Long.MAX_VALUE;
        }
    }
}
