package dev.dray.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.adapter.inmemory.Script;
import dev.dray.model.Bytes;
import dev.dray.model.Outcome;
import dev.dray.model.RequestPayload;
import dev.dray.port.exchange.ResponseHead;
import dev.dray.port.outbound.WorkerEvent.RequestRecord;
import dev.dray.spi.Backend;
import dev.dray.spi.LocalRoute;
import dev.dray.spi.LogRules;
import dev.dray.spi.ModelDefaults;
import dev.dray.spi.ModelRequest;
import dev.dray.spi.Route;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TestWorkerTest {
    private final TestWorker worker = TestWorker.of("test", new Sample());

    @Test
    void servesOneRequestAfterTheOtherOnASerialRoute() {
        worker.model()
                .next(Script.hang()
                        .pause(Duration.ofSeconds(2))
                        .head(new ResponseHead(200, List.of()))
                        .end());
        TestClient first = worker.post("/plain", "{\"n\": 1}");
        TestClient second = worker.post("/plain", "{\"n\": 2}");
        assertThat(worker.model().calls()).hasSize(1);
        assertThat(second.isWaiting()).isTrue();

        worker.pass(Duration.ofSeconds(2));

        assertThat(first.status()).isEqualTo(200);
        assertThat(second.text()).isEqualTo("{}");
        assertThat(worker.outcomes()).extracting(RequestRecord::outcome).containsOnly(Outcome.SERVED);
        assertThat(worker.load().servedUnits()).isEqualTo(14);
    }

    @Test
    void refusesWhatThePluginRefuses() {
        TestClient client = worker.post("/plain", "{\"bad\": 1}");

        assertThat(client.status()).isEqualTo(422);
        assertThat(client.text()).contains("bad").contains("not here");
        assertThat(worker.model().calls()).isEmpty();
    }

    @Test
    void namesThePluginThatThrows() {
        TestClient client = worker.post("/plain", "{\"throw\": 1}");

        assertThat(client.status()).isEqualTo(500);
        assertThat(client.header("X-Dray-Error-Source")).contains("plugin");
        assertThat(client.text()).contains("'test'");
    }

    @Test
    void answersRoutesInsideTheWorker() {
        assertThat(worker.post("/local", "{\"a\": 1}").text()).isEqualTo("{\"result\": {\"a\": 1}}");
        assertThat(worker.post("/local", "{\"throw\": 1}").status()).isEqualTo(500);
    }

    @Test
    void abortsTheModelServersWorkWhenTheClientHangsUp() {
        worker.model().next(Script.hang());
        TestClient client = worker.post("/plain", "{}");

        client.hangUp();

        assertThat(worker.model().latest().aborted()).isTrue();
        assertThat(worker.outcomes()).extracting(RequestRecord::outcome).containsExactly(Outcome.CANCELLED);
    }

    private static final class Sample implements Backend {
        @Override
        public ModelDefaults model() {
            return new ModelDefaults("http://127.0.0.1:1", Optional.empty(), Optional.empty(), Optional.empty());
        }

        @Override
        public LogRules logRules() {
            return new LogRules(List.of(), List.of(), List.of());
        }

        @Override
        public List<Route> routes() {
            return List.of(new Plain(), new Echo());
        }
    }

    private static final class Plain implements Route {
        @Override
        public String path() {
            return "/plain";
        }

        @Override
        public Map<String, String> check(RequestPayload payload) {
            return payload.at("/bad").isPresent() ? Map.of("bad", "not here") : Map.of();
        }

        @Override
        public double workload(RequestPayload payload) {
            return 7;
        }

        @Override
        public ModelRequest request(RequestPayload payload) {
            if (payload.at("/throw").isPresent()) {
                throw new IllegalStateException("told to");
            }
            return ModelRequest.unchanged();
        }
    }

    private static final class Echo implements LocalRoute {
        @Override
        public String path() {
            return "/local";
        }

        @Override
        public Bytes call(RequestPayload payload) {
            if (payload.at("/throw").isPresent()) {
                throw new IllegalStateException("told to");
            }
            return payload.bytes();
        }
    }
}
