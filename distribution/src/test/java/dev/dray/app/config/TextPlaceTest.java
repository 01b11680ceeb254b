package dev.dray.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.app.config.YamlValue.Group;
import dev.dray.app.config.YamlValue.Scalar;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextPlaceTest {
    /// A character of the text must be found where it stands in the file. `Z` is the one that is looked for.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "key: ab Z c",
                "key:   ab\n     Z c",
                "key: ab\n\n\n  c Z",
                "key: 'it''s Z'",
                "key: 'it''s\n   folded Z'",
                "key: \"a\\n\\t\\\"Z\"",
                "key: \"\\u00e9\\x41\\U0001F600 Z\"",
                "key: \"a\\\n   b Z\"",
                "key: \"a\\x20\\u0020 Z\"",
                "key: |\n  a\n    b\n\n  c Z\n",
                "key: |-\n      a\n       Z\n",
                "key: >\n  a\n  b\n\n  c Z\n",
                "key: >- # why\n  a\n  Z\n",
                "key: |\r\n  a\r\n  b Z\r\n",
                "a: 1\nkey: {b: 2, c: é😀 Z}",
                "key: [x, 'y Z']"
            })
    void findsTheCharacterWhicheverWayYamlWritesIt(String yaml) {
        Scalar scalar = scalarWithZ(yaml);
        int mark = yaml.indexOf('Z');
        int line = (int) yaml.substring(0, mark).chars().filter(c -> c == '\n').count() + 1;
        int lineStart = yaml.lastIndexOf('\n', mark) + 1;
        int column = yaml.codePointCount(lineStart, mark) + 1;
        int offset = scalar.text().codePointCount(0, scalar.text().indexOf('Z'));

        assertThat(TextPlace.of(yaml, scalar, offset)).isEqualTo(new YamlValue.Place(line, column));
    }

    @ParameterizedTest
    @ValueSource(strings = {"key: ab cZ", "key: 'ab cZ'", "key: |\n  ab\n  cZ\n"})
    void theEndIsRightBehindTheLastCharacter(String yaml) {
        Scalar scalar = scalarWithZ(yaml);
        int end = scalar.text().codePointCount(0, scalar.text().length());
        int mark = yaml.indexOf('Z');
        int lineStart = yaml.lastIndexOf('\n', mark) + 1;

        assertThat(TextPlace.of(yaml, scalar, end).column()).isEqualTo(mark - lineStart + 2);
    }

    private static Scalar scalarWithZ(String yaml) {
        var problems = new ArrayList<Problem>();
        Group group = new YamlReader("worker.yaml", problems).read(yaml);
        assertThat(problems).isEmpty();
        return scalars(group).stream()
                .filter(scalar -> scalar.text().contains("Z"))
                .findFirst()
                .orElseThrow();
    }

    private static List<Scalar> scalars(YamlValue value) {
        return switch (value) {
            case Scalar scalar -> List.of(scalar);
            case Group group ->
                group.members().stream()
                        .flatMap(member -> scalars(member.value()).stream())
                        .toList();
            case YamlValue.Items items ->
                items.values().stream().flatMap(item -> scalars(item).stream()).toList();
        };
    }
}
