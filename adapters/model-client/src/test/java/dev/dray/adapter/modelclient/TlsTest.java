package dev.dray.adapter.modelclient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Bytes;
import dev.dray.port.exchange.ModelFailure.Kind;
import dev.dray.port.testing.RecordingExchange;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TlsTest extends ClientTest {
    private static final char[] PASSWORD = "test-only".toCharArray();
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    @TempDir
    private static Path folder;

    @BeforeAll
    static void makeCertificate() throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        folder.resolve("server.p12").toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue()).isZero();
    }

    private static SSLContext context() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve("server.p12"))) {
            store.load(in, PASSWORD);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private RawServer server(RawServer.Script script) throws Exception {
        return toClose(RawServer.on(
                context().getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress()),
                script));
    }

    @Test
    void carriesRequestsOverTheSameSecureConnection() throws Exception {
        RawServer server = server(peer -> {
            while (peer.readRequest() != null) {
                peer.send(ANSWER);
            }
        });
        SSLContext context = context();
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
        SSLContext context = context();
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
