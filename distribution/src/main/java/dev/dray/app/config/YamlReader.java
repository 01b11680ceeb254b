package dev.dray.app.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.dray.app.config.YamlValue.Group;
import dev.dray.app.config.YamlValue.Items;
import dev.dray.app.config.YamlValue.Member;
import dev.dray.app.config.YamlValue.Place;
import dev.dray.app.config.YamlValue.Scalar;
import dev.dray.app.config.YamlValue.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Reads YAML into values that know their line and column: Jackson's own tree forgets them.
final class YamlReader {
    private final String fileName;
    private final List<Problem> problems;

    YamlReader(String fileName, List<Problem> problems) {
        this.fileName = fileName;
        this.problems = problems;
    }

    /// The document's top group; an empty one where the text is empty or no YAML, which is told as a
    /// problem.
    Group read(String text) {
        var nothing = new Group(new Place(1, 1), List.of());
        try (YAMLParser parser = new YAMLFactory().createParser(text)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return nothing;
            }
            YamlValue top = value(parser, first);
            if (parser.nextToken() != null) {
                report(place(parser), "a second document", "one document", "remove everything from '---' on");
            }
            if (top instanceof Group group) {
                return group;
            }
            if (!(top instanceof Scalar scalar && scalar.shape() == Shape.NOTHING)) {
                report(top.place(), top.described(), "keys with values, such as 'backend: vllm'", "");
            }
        } catch (JsonProcessingException broken) {
            JsonLocation location = broken.getLocation();
            Place at = location == null ? new Place(1, 1) : new Place(location.getLineNr(), location.getColumnNr());
            report(at, summary(broken.getOriginalMessage()), "YAML", "check indentation, quotes and brackets");
        } catch (IOException broken) {
            report(new Place(1, 1), String.valueOf(broken.getMessage()), "a readable file", "");
        }
        return nothing;
    }

    private YamlValue value(YAMLParser parser, JsonToken token) throws IOException {
        Place at = place(parser);
        if (token == JsonToken.START_OBJECT) {
            return group(parser, at);
        }
        if (token == JsonToken.START_ARRAY) {
            var values = new ArrayList<YamlValue>();
            for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                values.add(value(parser, next));
            }
            return new Items(at, values);
        }
        if (parser.isCurrentAlias()) {
            report(at, "the alias '*" + parser.getText() + "'", "the value itself", "write the value out");
            return new Scalar(at, Shape.NOTHING, "");
        }
        return scalar(parser, token, at);
    }

    private Group group(YAMLParser parser, Place at) throws IOException {
        var members = new ArrayList<Member>();
        for (JsonToken next = parser.nextToken(); next != JsonToken.END_OBJECT; next = parser.nextToken()) {
            String name = parser.currentName();
            Place nameAt = place(parser);
            members.add(new Member(name, nameAt, value(parser, parser.nextToken())));
        }
        return new Group(at, members);
    }

    private static Scalar scalar(JsonParser parser, JsonToken token, Place at) throws IOException {
        return switch (token) {
            case VALUE_TRUE, VALUE_FALSE ->
                new Scalar(at, Shape.TRUTH, token == JsonToken.VALUE_TRUE ? "true" : "false");
            case VALUE_NULL -> new Scalar(at, Shape.NOTHING, parser.getText() == null ? "" : parser.getText());
            case VALUE_NUMBER_INT ->
                new Scalar(at, Shape.NUMBER, parser.getBigIntegerValue().toString());
            case VALUE_NUMBER_FLOAT -> number(parser, at);
            case VALUE_STRING,
                    VALUE_EMBEDDED_OBJECT,
                    FIELD_NAME,
                    START_OBJECT,
                    END_OBJECT,
                    START_ARRAY,
                    END_ARRAY,
                    NOT_AVAILABLE -> new Scalar(at, Shape.TEXT, parser.getText());
        };
    }

    // '.inf' and '.nan' are numbers to YAML and no decimal to anybody; they are read as the words they are.
    private static Scalar number(JsonParser parser, Place at) throws IOException {
        try {
            return new Scalar(at, Shape.NUMBER, parser.getDecimalValue().toString());
        } catch (NumberFormatException | JsonProcessingException infinite) {
            return new Scalar(at, Shape.TEXT, parser.getText());
        }
    }

    private static Place place(JsonParser parser) {
        JsonLocation location = parser.currentTokenLocation();
        return new Place(location.getLineNr(), location.getColumnNr());
    }

    // The parser's message goes over many lines, and quotes the file between the ones that say something.
    private static String summary(String message) {
        return message.lines()
                .filter(line -> !line.isBlank() && !line.startsWith(" "))
                .collect(Collectors.joining(", "));
    }

    private void report(Place at, String found, String expected, String advice) {
        problems.add(new Problem(new Origin.InFile(fileName, at.line(), at.column()), "", found, expected, advice));
    }
}
