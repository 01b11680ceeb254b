package dev.dray.adapter.modelclient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.port.exchange.ModelFailure.Kind;
import dev.dray.port.outbound.ModelCall;
import dev.dray.port.outbound.ModelHealth.Probe;
import dev.dray.port.testing.RecordingExchange;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HttpModelServersTest extends ClientTest {
    @Test
    void eachCallAndEachProbeGoesToTheServerItNames() throws Exception {
        RawServer up = answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        HttpModelServers servers = servers(nobody(), up.url());

        assertThat(launched(servers, 0).awaitFailure().kind()).isEqualTo(Kind.REFUSED);
        RecordingExchange served = launched(servers, 1);
        served.awaitOver();

        assertThat(served.awaitHead().status()).isEqualTo(200);
        assertThat(probed(servers, 0)).isInstanceOf(Probe.Bad.class);
        assertThat(probed(servers, 1)).isInstanceOf(Probe.Good.class);
    }

    @Test
    void whereOneRefusesTheBreakerOfAnotherStaysClosed() throws Exception {
        HttpModelServers servers = servers(nobody(), nobody());

        for (int i = 0; i < 10; i++) {
            launched(servers, 1).awaitOver();
        }

        assertThat(servers.breakerState(0)).isEqualTo(BreakerState.CLOSED);
        assertThat(servers.breakerState(1)).isEqualTo(BreakerState.OPEN);
    }

    private HttpModelServers servers(URI... urls) {
        List<ModelClientSettings> settings = List.of(urls).stream()
                .map(url -> ModelClientSettings.of(url, "1").withHealth("/health", Duration.ofSeconds(5)))
                .toList();
        return toClose(new HttpModelServers(settings, System::nanoTime));
    }

    private static URI nobody() throws Exception {
        try (var socket = new ServerSocket(0)) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
    }

    private static RecordingExchange launched(HttpModelServers servers, int server) {
        RecordingExchange exchange = RecordingExchange.patient();
        ModelCall call = Call.POST.to(exchange);
        var named = new ModelCall(
                server,
                call.method(),
                call.path(),
                call.body(),
                call.clientHeaders(),
                call.timeOuts(),
                call.work(),
                call.sink());
        servers.launch(named, exchange);
        return exchange;
    }

    private static Probe probed(HttpModelServers servers, int server) throws Exception {
        var result = new CompletableFuture<Probe>();
        servers.probe(server, result::complete);
        return result.get(20, TimeUnit.SECONDS);
    }
}
