package dev.dray.plugin.nullbackend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Bytes;
import dev.dray.model.RequestPayload;
import dev.dray.port.testing.FakePluginContext;
import dev.dray.spi.Backend;
import dev.dray.spi.Concurrency;
import dev.dray.spi.ControlHandler;
import dev.dray.spi.ControlHandler.Answer;
import dev.dray.spi.LocalRoute;
import dev.dray.spi.Route;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NullPluginTest {
    private Optional<List<String>> open = Optional.empty();
    private FakePluginContext context = context();
    private Backend backend = new NullPlugin().start(context);

    private FakePluginContext context(String... variables) {
        var builder = FakePluginContext.builder().sessions(() -> {
            Optional<List<String>> closed = open;
            open = open.map(_ -> List.of());
            return closed;
        });
        for (int i = 0; i < variables.length; i += 2) {
            builder.environment(variables[i], variables[i + 1]);
        }
        return builder.build();
    }

    private void start(String... variables) {
        context = context(variables);
        backend = new NullPlugin().start(context);
    }

    private Answer ask(String method, String path) throws Exception {
        ControlHandler handler = context.controls().values().iterator().next();
        return handler.handle(new ControlHandler.Request(method, path, Bytes.EMPTY));
    }

    private String release() throws Exception {
        Answer answer = ask("POST", "/release");
        return answer.status() + " " + answer.body().utf8Text();
    }

    private LocalRoute route(String path) {
        Route found = backend.routes().stream()
                .filter(one -> one.path().equals(path))
                .findFirst()
                .orElseThrow();
        return (LocalRoute) found;
    }

    @Test
    void isReadyAtOnceWithOneSessionAndCapacityOfOneHundred() {
        assertThat(backend.lifecycle()).isPresent();
        assertThat(backend.capacity()).hasValue(100);
        assertThat(backend.maxSessions()).hasValue(1);
        assertThat(backend.model().health()).contains("http://127.0.0.1:18999/health");
        assertThat(context.controls()).containsOnlyKeys(18999);
    }

    @Test
    void pingIsAnsweredHere() throws Exception {
        assertThat(route("/ping").concurrency()).isEqualTo(Concurrency.parallel());
        assertThat(route("/ping").maxQueueTime()).contains(Duration.ofSeconds(30));
        assertThat(route("/ping").call(RequestPayload.of("{}")).utf8Text()).isEqualTo("{\"ok\": true}");
    }

    @Test
    void releaseClosesAllSessions() throws Exception {
        assertThat(release()).isEqualTo("503 {\"released\": false, \"reason\": \"backend not ready\"}");
        open = Optional.of(List.of("abc", "def"));
        assertThat(release()).isEqualTo("200 {\"released\": true, \"session_ids\": [\"abc\", \"def\"]}");
        assertThat(release()).isEqualTo("200 {\"released\": false, \"reason\": \"no active session\"}");
    }

    @Test
    void answersWhatItKnows() throws Exception {
        assertThat(ask("GET", "/health").body().utf8Text()).isEqualTo("ok");
        assertThat(ask("GET", "/release").status()).isEqualTo(405);
        assertThat(ask("POST", "/health").status()).isEqualTo(405);
        assertThat(ask("GET", "/").status()).isEqualTo(404);
    }

    @Test
    void variablesMoveThePortAndTheHealthCheck() {
        start("NULL_CONTROL_PORT", "7001", "BACKEND_HEALTH_URL", "https://example.org/up?deep=1");

        assertThat(context.controls()).containsOnlyKeys(7001);
        assertThat(backend.model().url()).isEqualTo("http://127.0.0.1:7001");
        assertThat(backend.model().health()).contains("https://example.org/up?deep=1");
        assertThat(context.problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "NULL_CONTROL_PORT, 0",
        "NULL_CONTROL_PORT, 65536",
        "NULL_CONTROL_PORT, http",
        "BACKEND_HEALTH_URL, /health",
        "BACKEND_HEALTH_URL, localhost:8000",
        "BACKEND_HEALTH_URL, ftp://host/x",
        "BACKEND_HEALTH_URL, 'http://a b'",
        "MAX_RESERVATION_SECONDS, 0",
        "MAX_RESERVATION_SECONDS, -1",
        "MAX_RESERVATION_SECONDS, long",
        "MAX_RESERVATION_SECONDS, 1e99",
    })
    void tellsWhatIsWrongWithAVariable(String name, String value) {
        start(name, value);

        assertThat(context.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.where()).isEqualTo(name);
            assertThat(problem.message()).contains("'" + value + "'");
        });
    }

    @Test
    void blankVariablesAreUnset() {
        start("NULL_CONTROL_PORT", " ", "BACKEND_HEALTH_URL", "", "MAX_RESERVATION_SECONDS", "");

        assertThat(context.problems()).isEmpty();
        assertThat(backend.model().health()).contains("http://127.0.0.1:18999/health");
    }

    @Test
    void reservationEndsWhenItsTimeIsOver() throws Exception {
        start("MAX_RESERVATION_SECONDS", "0.002");

        assertThat(reserve("{\"duration\": 0}").call())
                .isEqualTo("{\"released\": \"duration_elapsed\", \"duration\": 0}");
        assertThat(reserve("{}").call()).isEqualTo("{\"released\": \"duration_elapsed\", \"duration\": 0.002}");
        assertThat(reserve("{\"duration\": 1e300}").call())
                .isEqualTo("{\"released\": \"duration_elapsed\", \"duration\": 0.002}");
    }

    @Test
    void reservationIsReleasedAtTheControlPort() throws Exception {
        var held = new FutureTask<>(reserve("{\"duration\": 1800}"));
        Thread.ofVirtual().start(held);
        String answer = release();
        while (answer.startsWith("503")) {
            Thread.onSpinWait();
            answer = release();
        }

        assertThat(answer).isEqualTo("200 {\"released\": true}");
        assertThat(held.get()).isEqualTo("{\"released\": \"explicit\", \"duration_cap\": 1800}");
        assertThat(release()).startsWith("503");
    }

    @Test
    void interruptedReservationHoldsNothing() throws Exception {
        var held = new FutureTask<>(reserve("{}"));
        Thread thread = Thread.ofVirtual().start(held);
        thread.interrupt();
        thread.join();

        assertThat(release()).startsWith("503");
    }

    @ParameterizedTest
    @CsvSource({"-1", "'\"10\"'", "true", "[]"})
    void refusesDurationsThatAreNone(String duration) {
        assertThat(route("/reserve").check(RequestPayload.of("{\"duration\": " + duration + "}")))
                .containsOnlyKeys("duration");
    }

    @ParameterizedTest
    @CsvSource({"0", "1.5", "null"})
    void takesDurations(String duration) {
        assertThat(route("/reserve").check(RequestPayload.of("{\"duration\": " + duration + "}")))
                .isEmpty();
    }

    private Callable<String> reserve(String payload) {
        return () -> route("/reserve").call(RequestPayload.of(payload)).utf8Text();
    }
}
