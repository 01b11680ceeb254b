package dev.dray.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.dray.app.config.Kind.Reading;
import dev.dray.app.config.YamlValue.Member;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Reference and schema say what the reader does.
class ReferenceTest {
    private static final Path DIST = Path.of("src/main/dist");
    private static final ObjectMapper YAML = new YAMLMapper();
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Schema DOCUMENT = REGISTRY.getSchema(Reference.schema(), InputFormat.JSON);

    // One of each thing that people write, right for one key and wrong for the next.
    private static final List<String> VALUES = List.of(
            "0",
            "1",
            "-1",
            "7.5",
            "-0.5",
            "65535",
            "65536",
            "3000000000",
            "12345678901234567890",
            "true",
            "false",
            "yes",
            "'true'",
            "none",
            "'none'",
            "None",
            "null",
            "''",
            "' '",
            "word",
            "two words",
            "\"two\\nlines\"",
            "'12'",
            "'-12'",
            "'1.1.0'",
            "1.1.0",
            "10s",
            "500ms",
            "1.5h",
            "' 10 s '",
            "0s",
            "10 sec",
            "-10s",
            "10S",
            "25MiB",
            "1 GB",
            "10mb",
            "0B",
            "start",
            "text",
            "INFO",
            "info",
            "vast",
            "hold",
            "lists",
            "/health",
            "/health?deep=1",
            "'/a b'",
            "'/a#b'",
            "health",
            "http://127.0.0.1:18000",
            "HTTP://model",
            "https://user:pass@host.example:443/base/",
            "http://[::1]:8080",
            "http://host/path?query=1",
            "'http://host/#fragment'",
            "http://",
            "http://under_score",
            "'http://a b'",
            "http://host/100%",
            "http://host:99999",
            "ftp://host",
            "'::'",
            "fe80::1%eth0",
            "'a/b'",
            "payload.max_tokens * 2",
            "[]",
            "[word]",
            "[word, two]",
            "['']",
            "[1]",
            "[true]",
            "[http://a, 'http://b']",
            "[http://a, b]",
            "[x-tenant, Authorization]",
            "[x-tenant]",
            "[Proxy-Thing]",
            "[Host]",
            "[{prompt: hello}]",
            "[{prompt: hello}, 7]",
            "[{url: http://a}]",
            "[{url: http://a, log-file: x, health: none, command: none}]",
            "[{url: http://a, log-file: x}, {url: http://b, command: [serve]}]",
            "[{url: http://a, log-file: x, command: [serve]}]",
            "[{url: http://a, log-file: none, command: [serve]}]",
            "[{health: /up}]",
            "[{url: http://a, port: 7}]",
            "{}",
            "{prompt: hello}",
            "{Authorization: Bearer x}",
            "{X-Number: 7}",
            "{X-Number: '7'}",
            "{Content-Length: '7'}",
            "{'bad name': x}",
            "{X: \"two\\nlines\"}",
            "{X: ünï}",
            "{X: 日本}");

    // The one thing JSON cannot say: 'null', the word, is a plugin; '~' and nothing at all are not.
    private static final List<String> PLUGINS = List.of("backend");

    @TempDir
    private Path directory;

    @Test
    void theReferenceIsTheTableOfKeys() throws IOException {
        assertThat(Files.readString(Path.of("CONFIGURATION.md")))
                .as("distribution/CONFIGURATION.md is out of date; write it again from the top of the repository:"
                        + " distribution/dray schema --markdown > distribution/CONFIGURATION.md")
                .isEqualTo(Reference.markdown());
    }

    @Test
    void theShippedSchemaIsTheTableOfKeys() throws IOException {
        assertThat(Files.readString(DIST.resolve("conf/worker.schema.json")))
                .as(
                        "conf/worker.schema.json is out of date; write it again from the top of the repository: distribution/dray"
                                + " schema > distribution/src/main/dist/conf/worker.schema.json")
                .isEqualTo(Reference.schema());
    }

    static Stream<Path> shippedFiles() throws IOException {
        try (Stream<Path> examples = Files.list(DIST.resolve("examples"))) {
            return Stream.concat(
                    Stream.of(DIST.resolve("conf/worker.yaml")),
                    examples.filter(file -> file.toString().endsWith(".yaml")))
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("shippedFiles")
    void everyShippedFileIsValidAndNamesTheSchema(Path file) throws IOException {
        String text = Files.readString(file);
        String first = text.lines().findFirst().orElseThrow();

        assertThat(first).startsWith("# yaml-language-server: $schema=");
        assertThat(file.resolveSibling(first.substring(first.indexOf('=') + 1)).normalize())
                .exists();
        assertThat(mistakes(text)).isEmpty();
    }

    static Stream<Key<?>> keys() {
        return Keys.IN_FILE.values().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("keys")
    void schemaAndReaderAgreeOnEveryValueOfAKey(Key<?> key) throws IOException {
        Schema schema = REGISTRY.getSchema(key.kind().schema().toString(), InputFormat.JSON);
        var differences = new ArrayList<String>();
        for (String value : VALUES) {
            boolean read = key.kind().read(parsed("value: " + value)) instanceof Reading.Good<?>;
            JsonNode json = YAML.readTree("value: " + value).get("value");
            boolean valid = schema.validate(json.toString(), InputFormat.JSON).isEmpty();
            if (read != valid && !(PLUGINS.contains(key.path()) && json.isNull())) {
                differences.add("%s: the reader %s it, the schema %s".formatted(value, says(read), says(valid)));
            }
        }
        assertThat(differences).as(key.path()).isEmpty();
    }

    private static String says(boolean takes) {
        return takes ? "takes" : "refuses";
    }

    private static YamlValue parsed(String yaml) {
        var problems = new ArrayList<Problem>();
        List<Member> members = new YamlReader("test", problems).read(yaml).members();
        assertThat(problems).isEmpty();
        return members.getFirst().value();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        modell: {url: http://a}                        | false
        model:                                         | true
        model: word                                    | false
        model: []                                      | false
        model: {urll: http://a}                        | false
        model: {health: /up}                           | true
        model: {health: {path: /up, down: 3}}          | true
        model: {health: {paths: /up}}                  | false
        model: {health: {down: none}}                  | false
        model: {health: [/up]}                         | false
        handlers:                                      | true
        handlers: []                                   | true
        handlers: {route: /a}                          | false
        handlers: [{queue: a}]                         | false
        handlers: [/a]                                 | false
        handlers: [{route: /a, queue: b}]              | true
        handlers: [{route: /a, ques: b}]               | false
        handlers: [{route: /a, time-outs: {idle: 5s}}] | true
        handlers: [{route: /a, time-outs: {idl: 5s}}]  | false
        handlers: [{route: /a, benchmark: }]           | true
        handlers: [{route: /a, benchmark: {runs: 0}}]  | false
        security: {callbacks: {allow-private: true}}   | true
        security: {callbacks: {allow_private: true}}   | false
        platform: {master-token: abc}                  | false
        worker: {tls: {key: a.pem}}                    | true
        worker: {tls: a.pem}                           | false
        log: {format: json, level: trace}              | true
        log: {format: yaml}                            | false
        """)
    void schemaAndReaderAgreeOnTheShapeOfAFile(String yaml, boolean fits) throws IOException {
        String file = "backend: vllm\n" + yaml + "\n";

        assertThat(Loading.in(directory).file(file).problems().isEmpty())
                .as("the reader takes it")
                .isEqualTo(fits);
        assertThat(mistakes(file).isEmpty()).as("the schema takes it").isEqualTo(fits);
    }

    @Test
    void everyKeyIsDescribed() {
        Map<String, Key<?>> keys = Keys.IN_FILE;

        assertThat(keys.values())
                .allSatisfy(key ->
                        assertThat(Reference.schema()).contains(key.meaning().replace("\"", "\\\"")));
        assertThat(Reference.markdown())
                .contains(keys.keySet().stream().map(path -> "`" + path + "`").toList());
    }

    private static List<String> mistakes(String yaml) throws IOException {
        return DOCUMENT.validate(YAML.readTree(yaml).toString(), InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }
}
