package dev.dray.adapter.modelclient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.port.exchange.ModelFailure.Kind;
import dev.dray.port.outbound.ModelHealth.Probe;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class BreakerTest extends ClientTest {
    private final ManualTicker ticker = new ManualTicker();
    private int port;

    @BeforeEach
    void findAFreePort() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
    }

    private HttpModelServer client() {
        ModelClientSettings settings = ModelClientSettings.of(URI.create("http://127.0.0.1:" + port), "1")
                .withHealth("/health", Duration.ofSeconds(5));
        return toClose(new HttpModelServer(settings, ticker::nanos));
    }

    private RawServer listening() throws Exception {
        return toClose(RawServer.on(new ServerSocket(port, 10, InetAddress.getLoopbackAddress()), peer -> {
            while (peer.readRequest() != null) {
                peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            }
        }));
    }

    private static Kind failure(HttpModelServer client) throws InterruptedException {
        return served(client, Call.POST).awaitFailure().kind();
    }

    private static void refuseTimes(int times, HttpModelServer client) throws InterruptedException {
        for (int i = 0; i < times; i++) {
            assertThat(failure(client)).isEqualTo(Kind.REFUSED);
        }
    }

    @Test
    void opensAtTheTenthRefusalInTenSeconds() throws Exception {
        HttpModelServer client = client();

        refuseTimes(9, client);
        assertThat(client.breakerState()).isEqualTo(BreakerState.CLOSED);
        refuseTimes(1, client);

        assertThat(client.breakerState()).isEqualTo(BreakerState.OPEN);
        assertThat(failure(client)).isEqualTo(Kind.BREAKER_OPEN);
        assertThat(client.connections()).isEqualTo(new ConnectionCounts(0, 0));
    }

    @Test
    void staysClosedIfRefusalsAreFewAndFarBetween() throws Exception {
        HttpModelServer client = client();

        for (int i = 0; i < 20; i++) {
            refuseTimes(1, client);
            ticker.advance(Duration.ofMillis(1_500));
        }

        assertThat(client.breakerState()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void staysClosedIfOneConnectionWasGood() throws Exception {
        HttpModelServer client = client();
        try (RawServer server = listening()) {
            served(client, Call.POST);
            server.nextRequest();
        }
        ticker.advance(Duration.ofSeconds(3));

        refuseTimes(15, client);

        assertThat(client.breakerState()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void triesOneAfterASecondAndClosesIfItIsGood() throws Exception {
        HttpModelServer client = client();
        refuseTimes(10, client);
        listening();
        assertThat(failure(client)).isEqualTo(Kind.BREAKER_OPEN);

        ticker.advance(Duration.ofMillis(1_100));

        assertThat(served(client, Call.POST).events()).endsWith("ended");
        assertThat(client.breakerState()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void opensAgainIfTheTryIsRefused() throws Exception {
        HttpModelServer client = client();
        refuseTimes(10, client);

        ticker.advance(Duration.ofMillis(1_100));

        refuseTimes(1, client);
        assertThat(client.breakerState()).isEqualTo(BreakerState.OPEN);
        assertThat(failure(client)).isEqualTo(Kind.BREAKER_OPEN);
    }

    @Test
    void aGoodHealthProbeClosesIt() throws Exception {
        HttpModelServer client = client();
        refuseTimes(10, client);
        listening();
        CompletableFuture<Probe> probe = new CompletableFuture<>();

        client.probe(0, probe::complete);

        assertThat(probe.get(20, TimeUnit.SECONDS)).isEqualTo(new Probe.Good());
        assertThat(client.breakerState()).isEqualTo(BreakerState.CLOSED);
        assertThat(served(client, Call.POST).events()).endsWith("ended");
    }
}
