package dev.dray.app.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.app.plugin.PluginEntry;
import dev.dray.domain.worker.RoutePlan;
import dev.dray.model.Bytes;
import dev.dray.model.FormPart;
import dev.dray.model.PartContent;
import dev.dray.model.RequestPayload;
import dev.dray.port.outbound.ModelCall.TimeOuts;
import dev.dray.spi.Backend;
import dev.dray.spi.BackendPlugin;
import dev.dray.spi.ModelRequest;
import dev.dray.spi.PluginContext;
import dev.dray.spi.Route;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplanationTest {
    private double price = 500;
    private Map<String, String> mistakes = Map.of();
    private ModelRequest request = ModelRequest.unchanged();
    private String throwing = "";

    @Test
    void isOneLineOfJson() {
        assertThat(explain("{\"max_tokens\": 500}"))
                .isEqualTo("{\"workload\": 500.0, \"model-request\": {\"kind\": \"unchanged\"}, \"problems\": {}}");
    }

    @Test
    void showsAnotherBodyAsItIsSentButOnOneLine() {
        request = ModelRequest.json(Bytes.utf8("{\n  \"n\": 1e3,\r\n  \"text\": \"a\\nb\"\n}\n"));

        assertThat(explain("{}"))
                .contains("\"model-request\": {\"kind\": \"json\", \"body\": {   \"n\": 1e3,    \"text\": \"a\\nb\" }}")
                .doesNotContain("\n");
    }

    @Test
    void showsAFormWithADigestOfEachFile() {
        request = ModelRequest.multipart(List.of(
                new FormPart.Text("language", "en"),
                new FormPart.File("file", "a.wav", "audio/wav", PartContent.of(Bytes.utf8("abc")))));

        assertThat(explain("{}"))
                .contains("{\"kind\": \"multipart\", \"parts\": [{\"name\": \"language\", \"text\": \"en\"}, "
                        + "{\"name\": \"file\", \"filename\": \"a.wav\", \"content-type\": \"audio/wav\", "
                        + "\"bytes-sha256\": \"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"}]}");
    }

    @Test
    void sendsNothingWhereThePluginRefusesAndStillSaysThePrice() {
        mistakes = Map.of("prompt", "must be a text");

        assertThat(explain("{}"))
                .isEqualTo(
                        "{\"workload\": 500.0, \"model-request\": null, \"problems\": {\"prompt\": \"must be a text\"}}");
    }

    @Test
    void hasNoPriceOfARefusedPayloadThatThePluginCannotPrice() {
        mistakes = Map.of("prompt", "must be a text");
        throwing = "workload";

        assertThat(explain("{}")).startsWith("{\"workload\": null, \"model-request\": null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"check", "workload", "request"})
    void namesAPluginThatThrowsAndTheMethod(String method) {
        throwing = method;

        assertThat(explain("{}"))
                .contains("\"plugin\": \"plugin 'test' failed in " + method + ": IllegalStateException: oh");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, -1, Double.POSITIVE_INFINITY})
    void countsAHundredWhereTheWorkloadIsNoWorkload(double said) {
        price = said;

        assertThat(explain("{}"))
                .startsWith("{\"workload\": 100.0, \"model-request\": {")
                .contains("gave " + said);
    }

    @Test
    void answersALineThatIsNotJson() {
        assertThat(explain("{\"a\":"))
                .startsWith(
                        "{\"workload\": null, \"model-request\": null, \"problems\": {\"payload\": \"not JSON: at byte 5");
    }

    private String explain(String payload) {
        var plan = new RoutePlan(
                new Scripted(),
                new Scripted().concurrency(),
                Optional.empty(),
                Optional.empty(),
                TimeOuts.SERIAL,
                Optional.empty());
        var entry = new PluginEntry(
                "test",
                Set.of(),
                "1",
                Path.of("test.jar"),
                false,
                new NoPlugin(),
                ExplanationTest.class.getClassLoader());
        return ExplanationText.of(Explanation.of(plan, entry, Bytes.utf8(payload)));
    }

    private final class Scripted implements Route {
        @Override
        public String path() {
            return "/test";
        }

        @Override
        public Map<String, String> check(RequestPayload payload) {
            mayThrow("check");
            return mistakes;
        }

        @Override
        public double workload(RequestPayload payload) {
            mayThrow("workload");
            return price;
        }

        @Override
        public ModelRequest request(RequestPayload payload) {
            mayThrow("request");
            return request;
        }

        private void mayThrow(String method) {
            if (throwing.equals(method)) {
                throw new IllegalStateException("oh");
            }
        }
    }

    private static final class NoPlugin implements BackendPlugin {
        @Override
        public String id() {
            return "test";
        }

        @Override
        public Backend start(PluginContext context) {
            throw new AssertionError("nobody starts it");
        }
    }
}
