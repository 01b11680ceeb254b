package dev.dray.app.inspect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import dev.dray.model.Bytes;
import dev.dray.model.FormPart;
import dev.dray.model.PartContent;
import dev.dray.spi.ModelRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Writes an [Explanation] as one JSON object on one line.
public final class ExplanationText {
    private static final JsonFactory JSON = new JsonFactory();

    private ExplanationText() {}

    /// The line, without its end.
    public static String of(Explanation explanation) {
        var text = new StringWriter(160);
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.setPrettyPrinter(new OneLine());
            out.writeStartObject();
            out.writeFieldName("workload");
            if (explanation.workload().isPresent()) {
                out.writeNumber(explanation.workload().getAsDouble());
            } else {
                out.writeNull();
            }
            writeRequest(out, explanation.request());
            writeProblems(out, explanation.problems());
            out.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory failed", impossible);
        }
        return text.toString();
    }

    private static void writeProblems(JsonGenerator out, Map<String, String> problems) throws IOException {
        out.writeObjectFieldStart("problems");
        for (Map.Entry<String, String> problem : problems.entrySet()) {
            out.writeStringField(problem.getKey(), problem.getValue());
        }
        out.writeEndObject();
    }

    private static void writeRequest(JsonGenerator out, Optional<ModelRequest> request) throws IOException {
        if (request.isEmpty()) {
            out.writeNullField("model-request");
            return;
        }
        out.writeObjectFieldStart("model-request");
        switch (request.get()) {
            case ModelRequest.Unchanged _ -> out.writeStringField("kind", "unchanged");
            case ModelRequest.Json(Bytes body) -> {
                out.writeStringField("kind", "json");
                out.writeFieldName("body");
                out.writeRawValue(onOneLine(body));
            }
            case ModelRequest.Multipart(List<FormPart> parts) -> {
                out.writeStringField("kind", "multipart");
                out.writeArrayFieldStart("parts");
                for (FormPart part : parts) {
                    writePart(out, part);
                }
                out.writeEndArray();
            }
        }
        out.writeEndObject();
    }

    // Number formats and escapes stay as they are sent. Inside a JSON string no line can end, so only white space goes.
    private static String onOneLine(Bytes body) {
        return body.utf8Text().replace('\n', ' ').replace('\r', ' ').strip();
    }

    private static void writePart(JsonGenerator out, FormPart part) throws IOException {
        out.writeStartObject();
        out.writeStringField("name", part.name());
        switch (part) {
            case FormPart.Text(String _, String value) -> out.writeStringField("text", value);
            case FormPart.File(String _, String fileName, String contentType, PartContent content) -> {
                out.writeStringField("filename", fileName);
                out.writeStringField("content-type", contentType);
                out.writeStringField("bytes-sha256", sha256(content));
            }
        }
        out.writeEndObject();
    }

    private static String sha256(PartContent content) throws IOException {
        try (var digest =
                new DigestOutputStream(OutputStream.nullOutputStream(), MessageDigest.getInstance("SHA-256"))) {
            content.writeTo(digest);
            return HexFormat.of().formatHex(digest.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /// `{"a": 1, "b": 2}`.
    private static final class OneLine extends MinimalPrettyPrinter {
        private static final long serialVersionUID = 1L;

        @Override
        public void writeObjectFieldValueSeparator(JsonGenerator out) throws IOException {
            out.writeRaw(": ");
        }

        @Override
        public void writeObjectEntrySeparator(JsonGenerator out) throws IOException {
            out.writeRaw(", ");
        }

        @Override
        public void writeArrayValueSeparator(JsonGenerator out) throws IOException {
            out.writeRaw(", ");
        }
    }
}
