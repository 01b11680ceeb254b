package dev.dray.adapter.httpserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dray.adapter.httpserver.ScriptedGate.Call;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// One listener for all tests: making a certificate takes its time.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@NullUnmarked
final class TlsTest {
    private static final int BIG = 10 << 20;

    private final ScriptedGate gate =
            new ScriptedGate().proceeding("/echo", Call::echo).proceeding("/stream", TlsTest::stream);
    private TlsFiles files;
    private SSLContext trust;
    private RunningListener running;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        OwnCertificate certificate = OwnCertificate.elliptic(folder);
        files = certificate.in(folder);
        trust = certificate.trust();
        var tls = Optional.of(files);
        running =
                RunningListener.of(gate, new ListenerSettings("test", "127.0.0.1", 0, ListenerLimits.standard(), tls));
    }

    @AfterAll
    void close() {
        running.close();
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void carriesBigBodiesBothWays(HttpClient.Version version) throws IOException, InterruptedException {
        byte[] body = random();
        try (HttpClient client = client(version)) {
            var response = client.send(post("/echo", BodyPublishers.ofByteArray(body)), BodyHandlers.ofByteArray());

            assertThat(response.version()).isEqualTo(version);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValueAsLong("content-length")).hasValue(BIG);
            assertThat(response.body()).isEqualTo(body);
        }
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void carriesBigBodiesOfUnknownLength(HttpClient.Version version) throws IOException, InterruptedException {
        byte[] body = random();
        try (HttpClient client = client(version)) {
            var chunks = BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(body));
            var response = client.send(post("/stream", chunks), BodyHandlers.ofByteArray());

            assertThat(response.headers().firstValue("content-length")).isEmpty();
            assertThat(response.body()).isEqualTo(body);
        }
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void cancelsWhenTheClientHangsUpInPrefill(HttpClient.Version version) {
        gate.arriving("/queued", call -> {});
        Call call;
        try (HttpClient client = client(version)) {
            var answer = client.sendAsync(post("/queued", BodyPublishers.ofString("x")), BodyHandlers.discarding());
            do {
                call = gate.arrived();
            } while (!call.request().path().equals("/queued"));
            answer.cancel(true);
            client.shutdownNow();
        }

        assertThat(gate.cancelled()).isEqualTo(call);
    }

    @Test
    void cutsOffAHandshakeThatStalls() {
        Duration brief = Duration.ofMillis(200);
        Duration ample = Duration.ofMinutes(5);
        var limits = new ListenerLimits(1 << 20, 1 << 20, brief, ample, ample);
        var settings = new ListenerSettings("test", "127.0.0.1", 0, limits, Optional.of(files));
        try (var hasty = RunningListener.of(gate, settings);
                var silent = hasty.client()) {
            assertThat(silent.readToEnd()).isEmpty();
        }
    }

    @Test
    void breaksAStreamOffWithoutAnEndInGoodOrder() throws IOException, GeneralSecurityException {
        gate.proceeding("/breaking", call -> {
            call.head();
            call.text("half");
            call.responder().breakOff();
        });
        try (SSLSocket socket = new TlsClient().connect(running.listener().port())) {
            socket.getOutputStream().write("POST /breaking HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThatThrownBy(() -> socket.getInputStream().readAllBytes()).isInstanceOf(IOException.class);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void leavesNoSocketOpenBehindAConnection() throws IOException, GeneralSecurityException {
        var client = new TlsClient();
        int port = running.listener().port();
        client.certificates(port);
        int before = openFiles();
        for (int i = 0; i < 50; i++) {
            client.certificates(port);
        }

        assertThat(openFilesAtMost(before + 25)).isLessThan(before + 25);
    }

    private static int openFilesAtMost(int enough) throws IOException {
        int open = openFiles();
        for (int i = 0; i < 1_000 && open >= enough; i++) {
            LockSupport.parkNanos(5_000_000);
            open = openFiles();
        }
        return open;
    }

    private static int openFiles() throws IOException {
        try (var files = Files.list(Path.of("/proc/self/fd"))) {
            return (int) files.count();
        }
    }

    private static void stream(Call call) {
        var body = call.request().body();
        call.head();
        call.responder().chunk(body.array(), body.offset(), body.length());
        call.responder().end();
    }

    private static byte[] random() {
        byte[] bytes = new byte[BIG];
        new SplittableRandom(11).nextBytes(bytes);
        return bytes;
    }

    private HttpClient client(HttpClient.Version version) {
        return HttpClient.newBuilder().version(version).sslContext(trust).build();
    }

    private HttpRequest post(String path, HttpRequest.BodyPublisher body) {
        return HttpRequest.newBuilder(
                        URI.create("https://localhost:" + running.listener().port() + path))
                .POST(body)
                .build();
    }
}
