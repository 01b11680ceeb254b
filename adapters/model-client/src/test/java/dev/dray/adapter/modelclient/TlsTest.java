package dev.dray.adapter.modelclient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Bytes;
import dev.dray.port.exchange.ModelFailure.Kind;
import dev.dray.port.testing.RecordingExchange;
import java.net.InetAddress;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TlsTest extends ClientTest {
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private static SSLContext context;

    @BeforeAll
    static void makeCertificate(@TempDir Path folder) throws Exception {
        context = TestCertificate.context(folder, "ip:127.0.0.1");
    }

    private RawServer server(RawServer.Script script) throws Exception {
        return toClose(RawServer.on(
                context.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress()), script));
    }

    @Test
    void carriesRequestsOverTheSameSecureConnection() throws Exception {
        RawServer server = server(peer -> {
            while (peer.readRequest() != null) {
                peer.send(ANSWER);
            }
        });
        HttpModelServer client = toClose(new HttpModelServer(
                ModelClientSettings.of(server.url(), "1"), System::nanoTime, context::getSocketFactory));
        Call large = Call.POST.body(Bytes.of(new byte[200_000]));

        assertThat(served(client, large).events()).endsWith("ended");
        assertThat(served(client, large).body().utf8Text()).isEqualTo("ok");
        assertThat(server.nextRequest().body().length()).isEqualTo(200_000);
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void abortsASecureStream() throws Exception {
        RawServer server = server(peer -> {
            peer.readRequest();
            peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\ntoken\r\n");
            peer.awaitClose();
        });
        HttpModelServer client = toClose(new HttpModelServer(
                ModelClientSettings.of(server.url(), "1"), System::nanoTime, context::getSocketFactory));
        RecordingExchange exchange = launched(client, Call.POST);
        exchange.awaitChunk();

        exchange.awaitBegun().abort();

        server.awaitClose();
        assertThat(exchange.awaitFailure().kind()).isEqualTo(Kind.ABORTED);
    }

    @Test
    void doesNotSpeakToACertificateThatNobodyVouchesFor() throws Exception {
        RawServer server = server(RawServer.Peer::readRequest);

        RecordingExchange exchange = served(client(server.url()), Call.POST);

        assertThat(exchange.awaitFailure().kind()).isEqualTo(Kind.RESET);
        assertThat(exchange.awaitFailure().message()).contains("certificat");
    }
}
