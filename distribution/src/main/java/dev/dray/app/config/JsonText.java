package dev.dray.app.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.dray.app.config.YamlValue.Group;
import dev.dray.app.config.YamlValue.Items;
import dev.dray.app.config.YamlValue.Scalar;
import dev.dray.model.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Says a piece of the file again as JSON, for plugins and benchmark payloads.
final class JsonText {
    private JsonText() {}

    static Bytes of(YamlValue value) {
        var out = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            write(value, json);
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing JSON to memory failed", impossible);
        }
        return Bytes.of(out.toByteArray());
    }

    private static void write(YamlValue value, JsonGenerator json) throws IOException {
        switch (value) {
            case Group group -> {
                json.writeStartObject();
                for (YamlValue.Member member : group.members()) {
                    json.writeFieldName(member.name());
                    write(member.value(), json);
                }
                json.writeEndObject();
            }
            case Items items -> {
                json.writeStartArray();
                for (YamlValue item : items.values()) {
                    write(item, json);
                }
                json.writeEndArray();
            }
            case Scalar scalar -> writeScalar(scalar, json);
        }
    }

    private static void writeScalar(Scalar scalar, JsonGenerator json) throws IOException {
        switch (scalar.shape()) {
            case TEXT, LOOSE -> json.writeString(scalar.text());
            case NUMBER -> json.writeNumber(scalar.text());
            case TRUTH -> json.writeBoolean(scalar.text().equals("true"));
            case NOTHING -> json.writeNull();
        }
    }
}
