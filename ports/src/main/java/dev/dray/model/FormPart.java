package dev.dray.model;

import java.util.Objects;

/// One part of a `multipart/form-data` body (RFC 7578). The same name may stand in several parts.
///
/// @since 1.0
public sealed interface FormPart {
    /// Name of the form field; never blank.
    String name();

    /// A field with a text, sent as UTF-8.
    ///
    /// @param name  of the field; never blank
    /// @param value may be empty
    record Text(String name, String value) implements FormPart {
        public Text {
            requireName(name);
            Objects.requireNonNull(value, "value");
        }
    }

    /// A file.
    ///
    /// @param name        of the field; never blank
    /// @param fileName    as the model server is told it; never blank
    /// @param contentType for example `image/png`; never blank
    /// @param content     its bytes
    record File(String name, String fileName, String contentType, PartContent content) implements FormPart {
        public File {
            requireName(name);
            if (fileName.isBlank() || contentType.isBlank()) {
                throw new IllegalArgumentException("a file needs a name and a type, found '%s' and '%s' in field '%s'"
                        .formatted(fileName, contentType, name));
            }
            Objects.requireNonNull(content, "content");
        }
    }

    private static void requireName(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a form field needs a name, for example 'file'");
        }
    }
}
