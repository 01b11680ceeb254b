package dev.dray.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dray.app.config.Config.LogFormat;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogLinesTest {
    private static final String NAME = "dev.dray.app.logging.LogLinesTest.Speaker";
    private static final ObjectMapper JSON = new ObjectMapper();

    // Held here: java.util.logging would forget the handler together with the logger.
    private final Logger backend = Logger.getLogger(NAME);
    private final List<String> lines = new ArrayList<>();
    private final LogLines handler = new LogLines(lines::add);
    private final System.Logger log = System.getLogger(NAME);

    @BeforeEach
    void attach() {
        backend.setUseParentHandlers(false);
        backend.addHandler(handler);
    }

    @AfterEach
    void detach() {
        for (Handler each : backend.getHandlers()) {
            backend.removeHandler(each);
        }
    }

    @Test
    void writesTimeLevelLoggerMessageAndKeys() {
        log.log(Level.INFO, "request ended request={0} route={1} seconds={2}", 7, "/v1/completions", 0.25);

        assertThat(line())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z INFO Speaker - request ended request=7"
                        + " route=/v1/completions seconds=0.25");
    }

    @Test
    void givesACollectorEachKeyAsAMemberOfItsOwn() throws JsonProcessingException {
        handler.format(LogFormat.JSON);

        log.log(Level.WARNING, "drain deadline passed in_flight={0} of={1} late={2}", 1200, "all", true);

        JsonNode json = JSON.readTree(line());
        assertThat(json.path("time").asText()).matches(".*T.*Z");
        assertThat(json.path("level").asText()).isEqualTo("warning");
        assertThat(json.path("logger").asText()).isEqualTo(NAME);
        assertThat(json.path("message").asText()).isEqualTo("drain deadline passed");
        assertThat(json.path("in_flight").isInt()).isTrue();
        assertThat(json.path("in_flight").asInt()).isEqualTo(1200);
        assertThat(json.path("of").asText()).isEqualTo("all");
        assertThat(json.path("late").isBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "two words",
                "a\"quote",
                "back\\slash",
                "key=value",
                "line\nbreak",
                "carriage\r\nreturn",
                "\u001b[31mred",
                "separators\u2028\u2029\u0085",
                "braces {0} {1}",
                "it's '{0}'",
                "ünïcödé 日本 🚀",
                "tab\there"
            })
    void anyValueStaysOnOneLineAndComesBackAsItWas(String value) throws JsonProcessingException {
        log.log(Level.INFO, "event happened first={0} last={1}", value, "end");
        handler.format(LogFormat.JSON);
        log.log(Level.INFO, "event happened first={0} last={1}", value, "end");

        assertThat(lines).allSatisfy(line -> assertThat(line.chars()).noneMatch(LogForm::isControl));
        assertThat(lines.getFirst()).endsWith(" last=end");
        assertThat(JSON.readTree(lines.getLast()).path("first").asText()).isEqualTo(value);
    }

    @Test
    void quotesAValueThatIsMoreThanAWord() {
        log.log(Level.INFO, "event cause={0} next={1}", "it said \"no\"\nand left", "x=y");

        assertThat(line()).endsWith("event cause=\"it said \\\"no\\\"\\nand left\" next=\"x=y\"");
    }

    @Test
    void leavesAKeyWithoutAValueOut() {
        log.log(Level.INFO, "request ended request={0} trace={1} reason={2}", 7, "", null);

        assertThat(line()).endsWith("request ended request=7");
    }

    @Test
    void indentsTheStackOfAnException() {
        log.log(Level.ERROR, "step failed step={0}", 3, new IllegalStateException("first\nsecond"));

        List<String> text = line().lines().toList();
        assertThat(text.getFirst()).endsWith("step failed step=3");
        assertThat(text.subList(1, text.size())).hasSizeGreaterThan(3).allMatch(step -> step.startsWith("    "));
        assertThat(text.get(1)).endsWith("IllegalStateException: first");
    }

    @Test
    void givesACollectorTheStackAsOneMember() throws JsonProcessingException {
        handler.format(LogFormat.JSON);

        log.log(Level.ERROR, "step failed", new IllegalStateException("first\nsecond"));
        log.log(Level.ERROR, "step failed step={0}", 3, new IllegalStateException("third"));

        assertThat(lines).allMatch(line -> line.lines().count() == 1);
        assertThat(JSON.readTree(lines.getFirst()).path("stack_trace").asText())
                .contains("first\nsecond")
                .contains("\tat ");
        assertThat(JSON.readTree(lines.getLast()).path("stack_trace").asText()).contains("third");
        assertThat(JSON.readTree(lines.getLast()).path("step").asInt()).isEqualTo(3);
    }

    @Test
    void takesWhatOthersWriteAsItIs() {
        log.log(Level.INFO, "no template\nat all");
        log.log(Level.INFO, "port {0} of ''{1}''", 80, "web");
        backend.log(new LogRecord(java.util.logging.Level.INFO, "a=b {0} unused"));

        assertThat(lines.get(0)).endsWith("Speaker - no template\\nat all");
        assertThat(lines.get(1)).endsWith("port 80 of 'web'");
        assertThat(lines.get(2)).endsWith("a=b {0} unused");
    }

    private String line() {
        assertThat(lines).hasSize(1);
        return lines.getFirst();
    }
}
