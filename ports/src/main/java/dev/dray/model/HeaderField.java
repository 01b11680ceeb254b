package dev.dray.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// One HTTP header field as it stands on the wire (RFC 9110 §5).
///
/// @param name  field name; compared without regard to case
/// @param value field value, without the white space around it
public record HeaderField(String name, String value) {
    public HeaderField {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
    }

    /// Whether this field has the given name, in any case.
    public boolean is(String otherName) {
        return name.equalsIgnoreCase(otherName);
    }

    /// The value of the first field with that name.
    public static Optional<String> first(List<HeaderField> fields, String name) {
        for (HeaderField field : fields) {
            if (field.is(name)) {
                return Optional.of(field.value());
            }
        }
        return Optional.empty();
    }
}
