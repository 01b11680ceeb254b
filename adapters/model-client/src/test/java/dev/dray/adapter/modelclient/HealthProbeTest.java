package dev.dray.adapter.modelclient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.HeaderField;
import dev.dray.port.outbound.ModelHealth.Probe;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HealthProbeTest extends ClientTest {
    private static final Duration SHORT = Duration.ofMillis(60);
    private static final Duration LONG = Duration.ofSeconds(20);

    private Probe probe(URI model, UnaryOperator<ModelClientSettings> change) throws Exception {
        CompletableFuture<Probe> result = new CompletableFuture<>();
        client(model, change).probe(0, result::complete);
        return result.get(20, TimeUnit.SECONDS);
    }

    @Test
    void isGoodAtExactly200() throws Exception {
        RawServer server = answering("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nnot all of it");

        Probe probe = probe(server.url(), settings -> settings.withHealth("/health", LONG));

        assertThat(probe).isEqualTo(new Probe.Good());
        assertThat(server.nextRequest().line()).isEqualTo("GET /health HTTP/1.1");
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 301, 404, 503})
    void isBadAtEveryOtherStatusAndFollowsNothing(int status) throws Exception {
        RawServer server = answering("HTTP/1.1 " + status + " Any\r\nLocation: /\r\nContent-Length: 0\r\n\r\n");

        Probe probe = probe(server.url(), settings -> settings.withHealth("/health", LONG));

        assertThat(probe)
                .isInstanceOfSatisfying(
                        Probe.Bad.class, bad -> assertThat(bad.reason()).contains(String.valueOf(status)));
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void isBadIfNothingComesInTime() throws Exception {
        RawServer server = playing(peer -> {
            peer.readRequest();
            peer.awaitClose();
        });

        Probe probe = probe(server.url(), settings -> settings.withHealth("/health", SHORT));

        assertThat(probe)
                .isInstanceOfSatisfying(
                        Probe.Bad.class,
                        bad -> assertThat(bad.reason())
                                .isEqualTo(
                                        "%s gave a probe no answer within 60 ms; see whether it hangs, or raise 'model.health.time-out'"
                                                .formatted(server.url())));
        server.awaitClose();
    }

    @Test
    void isBadIfNobodyListens() throws Exception {
        RawServer server = answering("");
        server.close();

        Probe probe = probe(server.url(), settings -> settings.withHealth("/health", LONG));

        assertThat(probe)
                .isInstanceOfSatisfying(
                        Probe.Bad.class, bad -> assertThat(bad.reason()).contains("refused"));
    }

    @Test
    void doesNotWaitForABusyPool() throws Exception {
        RawServer server = playing(peer -> {
            RawServer.Request request = peer.readRequest();
            if (request != null && request.line().startsWith("POST")) {
                peer.awaitClose();
            }
            peer.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        });
        HttpModelServer client =
                client(server.url(), settings -> settings.withMaxConnections(1).withHealth("/health", LONG));
        launched(client, Call.POST);
        server.nextRequest();
        CompletableFuture<Probe> result = new CompletableFuture<>();

        client.probe(0, result::complete);

        assertThat(result.get(20, TimeUnit.SECONDS)).isEqualTo(new Probe.Good());
    }

    @Test
    void asksAnotherServerWithoutTheModelServersKey() throws Exception {
        RawServer model = answering("");
        RawServer other = answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        List<HeaderField> key = List.of(new HeaderField("Authorization", "Bearer own"));

        Probe probe =
                probe(model.url(), settings -> settings.withHeaders(key).withHealth(other.url() + "/up?deep=1", LONG));

        assertThat(probe).isEqualTo(new Probe.Good());
        RawServer.Request request = other.nextRequest();
        assertThat(request.line()).isEqualTo("GET /up?deep=1 HTTP/1.1");
        assertThat(request.header("Authorization")).isNull();
        assertThat(model.connections()).isEqualTo(0);
    }

    @Test
    void isBadIfNoHealthRouteIsSet() throws Exception {
        RawServer server = answering("");

        assertThat(probe(server.url(), settings -> settings)).isInstanceOf(Probe.Bad.class);
    }
}
