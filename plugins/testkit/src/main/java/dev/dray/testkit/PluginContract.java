package dev.dray.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.dray.adapter.inmemory.Script;
import dev.dray.adapter.inmemory.ScriptedCall;
import dev.dray.model.Bytes;
import dev.dray.model.FormPart;
import dev.dray.model.JsonValue;
import dev.dray.model.Outcome;
import dev.dray.model.RequestPayload;
import dev.dray.port.outbound.ModelBody;
import dev.dray.port.outbound.WorkerEvent.RequestRecord;
import dev.dray.port.testing.BackendPluginContract;
import dev.dray.spi.AnswerMapper;
import dev.dray.spi.Backend;
import dev.dray.spi.LocalRoute;
import dev.dray.spi.ModelAnswer;
import dev.dray.spi.Route;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/// Everything the worker expects of a plugin, and the plugin at work: inside the real core, in front of
/// a scripted model server that answers, streams, fails and breaks off. An author extends it and gives
/// samples:
///
/// ```java
/// final class MyPluginTest extends PluginContract {
///     @Override
///     protected BackendPlugin plugin() {
///         return new MyPlugin();
///     }
///
///     @Override
///     protected List<Sample> samples() {
///         return List.of(new Sample("/my/route", "{\"prompt\": \"hello\"}", 5));
///     }
/// }
/// ```
///
/// Each sample is priced and goes all these ways; so does a payload of the benchmark. What the client
/// saw and what the books say is checked each time. For tests of your own take a [TestWorker].
public abstract class PluginContract extends BackendPluginContract {
    private static final String ANSWER = "{\"ok\": true}";

    /// A payload that a route takes.
    private record Good(Route route, String payload) {}

    @Test
    void givesClientsTheModelServersJson() {
        atTheModelServer(
                Script.json(ANSWER),
                (client, call) -> {
                    assertThat(client.status()).isEqualTo(200);
                    assertThat(client.text()).isEqualTo(ANSWER);
                    assertThat(client.header("Content-Type")).contains("application/json");
                    assertThat(call.request().method()).isEqualTo("POST");
                    assertIsWellFormed(call.request().body());
                },
                Outcome.SERVED);
    }

    @Test
    void streamsEventsAsTheyCome() {
        atTheModelServer(
                Script.stream("{\"n\": 1}", "{\"n\": 2}", "[DONE]"),
                (client, call) -> {
                    assertThat(client.status()).isEqualTo(200);
                    assertThat(client.text()).isEqualTo("data: {\"n\": 1}\n\ndata: {\"n\": 2}\n\ndata: [DONE]\n\n");
                    assertThat(client.pieces()).as("pieces").isEqualTo(3);
                },
                Outcome.SERVED);
    }

    @Test
    void passesOnARefusalOfTheModelServers() {
        Script refusal =
                Script.head(400, "application/json").chunk("{\"error\": 1}").end();
        atTheModelServer(
                refusal,
                (client, call) -> {
                    assertThat(client.status()).isEqualTo(400);
                    assertThat(client.text()).isEqualTo("{\"error\": 1}");
                },
                Outcome.SERVED);
    }

    @Test
    void passesOnAnErrorOfTheModelServersAndBooksIt() {
        Script error = Script.head(500, "text/plain").chunk("out of memory").end();
        atTheModelServer(
                error,
                (client, call) -> {
                    assertThat(client.status()).isEqualTo(500);
                    assertThat(client.text()).isEqualTo("out of memory");
                },
                Outcome.ERRORED);
    }

    @Test
    void answers502WhereNobodyListens() {
        atTheModelServer(Script.refuse(), (client, call) -> assertIsOwnError(client, 502), Outcome.ERRORED);
    }

    @Test
    void answers502WhereTheModelServerHangsUpBeforeItAnswers() {
        atTheModelServer(Script.hang().reset(), (client, call) -> assertIsOwnError(client, 502), Outcome.ERRORED);
    }

    @Test
    void breaksTheAnswerOffWhereTheModelServerDoes() {
        Script broken =
                Script.head(200, "text/event-stream").chunk("data: 1\n\n").reset();
        atTheModelServer(
                broken,
                (client, call) -> {
                    assertThat(client.isBrokenOff()).as("broken off").isTrue();
                    assertThat(client.text()).isEqualTo("data: 1\n\n");
                },
                Outcome.ERRORED);
    }

    @Test
    void endsTheModelServersWorkWhenTheClientHangsUp() {
        atTheModelServer(
                Script.hang(),
                (client, call) -> {
                    client.hangUp();
                    assertThat(call.aborted()).as("aborted").isTrue();
                },
                Outcome.CANCELLED);
    }

    @Test
    void answersItsOwnRoutesInsideTheWorker() {
        for (Good good : good(true)) {
            TestWorker worker = worker();
            TestClient client = worker.post(good.route().path(), good.payload());

            assertThat(client.status()).as("status of %s", good).isEqualTo(200);
            assertThat(JsonValue.parse(Bytes.utf8(client.text())).at("/result"))
                    .as("result of %s: %s", good, client.text())
                    .isPresent();
            assertThat(worker.model().calls()).as("calls of the model server").isEmpty();
            assertIsBooked(worker, good, Outcome.SERVED);
        }
    }

    @Test
    void refusesUnknownRoutes() {
        assertThat(worker().post("/no/such/route", "{}").status()).isEqualTo(404);
    }

    @Test
    void mapsAnyAnswer() {
        var answers = List.of(
                new ModelAnswer(200, List.of(), Bytes.utf8(ANSWER)),
                new ModelAnswer(200, List.of(), Bytes.EMPTY),
                new ModelAnswer(404, List.of(), Bytes.utf8("not found")),
                new ModelAnswer(500, List.of(), Bytes.utf8("[1, null, {\"a\": \"\\ud83d\"}]")));
        for (Route route : start().routes()) {
            route.answer().ifPresent(mapper -> answers.forEach(answer -> assertMaps(route, mapper, answer)));
        }
    }

    private static void assertMaps(Route route, AnswerMapper mapper, ModelAnswer answer) {
        assertThatCode(() -> assertThat(mapper.map(answer)).isNotNull())
                .as(
                        "answer of %s mapped from %s %s",
                        route.path(), answer.status(), answer.body().utf8Text())
                .doesNotThrowAnyException();
    }

    // What a mapper makes of an answer is the plugin's own; what the core does around it is not the worker's alone.
    private void atTheModelServer(Script script, BiConsumer<TestClient, ScriptedCall> check, Outcome expected) {
        List<Good> all = good(false);
        assumeTrue(!all.isEmpty(), "no sample of a route of the model server; override samples()");
        for (Good good : all) {
            TestWorker worker = worker();
            worker.model().next(script);
            TestClient client = worker.post(good.route().path(), good.payload());

            assertThat(worker.model().calls())
                    .as("calls of the model server for %s, answered %s %s", good, client.status(), client.text())
                    .hasSize(1);
            ScriptedCall call = worker.model().latest();
            assertThat(call.request().path()).isEqualTo(good.route().path());
            check.accept(client, call);
            assertIsBooked(worker, good, expected);
        }
    }

    private static void assertIsBooked(TestWorker worker, Good good, Outcome expected) {
        assertThat(worker.outcomes()).as("outcomes of %s", good).hasSize(1);
        RequestRecord outcome = worker.outcomes().getFirst();
        assertThat(outcome.outcome())
                .as("outcome of %s: %s", good, outcome.reason())
                .isEqualTo(expected);
        assertThat(outcome.units())
                .as("units of %s", good)
                .isEqualTo(good.route().workload(RequestPayload.of(good.payload())));
        assertThat(worker.load().inFlight()).as("left running").isZero();
        assertThat(worker.load().currentUnits()).as("units left in the books").isZero();
    }

    private static void assertIsOwnError(TestClient client, int status) {
        assertThat(client.status()).isEqualTo(status);
        assertThat(client.header("X-Dray-Error-Source")).contains("model");
    }

    private static void assertIsWellFormed(ModelBody body) {
        switch (body) {
            case ModelBody.Whole(String type, Bytes bytes) -> {
                assertThat(type).isEqualTo("application/json");
                assertThatCode(() -> JsonValue.parse(bytes))
                        .as("JSON for the model server: %s", bytes.utf8Text())
                        .doesNotThrowAnyException();
            }
            case ModelBody.Form(List<FormPart> parts) -> parts.forEach(PluginContract::assertKeepsItsLength);
        }
    }

    // The length goes out first, as part of the request's own.
    private static void assertKeepsItsLength(FormPart part) {
        if (part instanceof FormPart.File file) {
            for (int time = 1; time <= 2; time++) {
                var written = new ByteArrayOutputStream();
                try {
                    file.content().writeTo(written);
                } catch (IOException broken) {
                    throw new AssertionError("file '" + file.name() + "' cannot be written", broken);
                }
                assertThat((long) written.size())
                        .as("bytes of file '%s', written for the %d. time", file.name(), time)
                        .isEqualTo(file.content().length());
            }
        }
    }

    private TestWorker worker() {
        return TestWorker.of(plugin().id(), start());
    }

    private List<Good> good(boolean inside) {
        Backend backend = start();
        var good = new ArrayList<Good>();
        for (Route route : backend.routes()) {
            if (route instanceof LocalRoute != inside || route.answer().isPresent()) {
                continue;
            }
            samples().stream()
                    .filter(sample -> sample.path().equals(route.path()))
                    .forEach(sample -> good.add(new Good(route, sample.payload())));
            route.benchmark()
                    .map(plan -> plan.payloads().next(new SplittableRandom(1)).utf8Text())
                    .filter(payload -> route.check(RequestPayload.of(payload)).isEmpty())
                    .ifPresent(payload -> good.add(new Good(route, payload)));
        }
        return good;
    }
}
