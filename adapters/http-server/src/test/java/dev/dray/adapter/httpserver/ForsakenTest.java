package dev.dray.adapter.httpserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.adapter.httpserver.RawClient.HangUp;
import dev.dray.adapter.httpserver.ScriptedGate.Call;
import dev.dray.port.exchange.Reply;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests whose own thread stays in the gate, so that another one has to answer.
final class ForsakenTest {
    private static final Reply LAST_WORD = Reply.text(500, "the plugin does not return");

    private final CountDownLatch released = new CountDownLatch(1);
    private final CompletableFuture<Call> back = new CompletableFuture<>();
    private final ScriptedGate gate = new ScriptedGate()
            .arriving("/arrival", this::stay)
            .proceeding("/turn", this::stay)
            .proceeding("/echo", Call::echo);

    @AfterEach
    void release() {
        released.countDown();
    }

    private void stay(Call call) {
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        back.complete(call);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/arrival", "/turn"})
    void isAnsweredAndItsConnectionEnds(String path) {
        try (RunningListener running = RunningListener.of(gate);
                RawClient client = running.client()) {
            client.send(RawClient.post(path, "x"));
            gate.arrived().responder().forsake(LAST_WORD);

            assertThat(client.readAnswer())
                    .startsWith("HTTP/1.1 500 ")
                    .contains("\r\nConnection: close\r\n")
                    .endsWith(LAST_WORD.body().utf8Text());
            assertThat(client.readToEnd()).isEmpty();
            assertThat(back).isNotDone();
            released.countDown();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/arrival", "/turn"})
    void isAnsweredOnceHoweverOftenItIsSaidAndWhateverItsThreadDoesLater(String path) throws Exception {
        try (RunningListener running = RunningListener.of(gate);
                RawClient client = running.client()) {
            client.send(RawClient.post(path, "x"));
            Call call = gate.arrived();
            call.responder().forsake(LAST_WORD);
            call.responder().forsake(Reply.text(500, "once more"));
            released.countDown();
            back.get(20, TimeUnit.SECONDS).responder().reply(Reply.text(200, "late"));

            assertThat(client.readToEnd())
                    .startsWith("HTTP/1.1 500 ")
                    .endsWith(LAST_WORD.body().utf8Text());
        }
    }

    @ParameterizedTest
    @EnumSource(HangUp.class)
    void losesItsConnectionWhereTheClientWentBefore(HangUp way) {
        try (RunningListener running = RunningListener.of(gate)) {
            RawClient client = running.client();
            client.send(RawClient.post("/turn", "x"));
            Call call = gate.begun();
            client.hangUp(way);
            gate.cancelled();

            call.responder().forsake(LAST_WORD);

            if (way == HangUp.HALF_CLOSE) {
                assertThat(client.readToEnd()).isEmpty();
            }
            assertThat(back).isNotDone();
            released.countDown();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/arrival", "/turn"})
    void endsOnlyItsStreamOverHttp2(String path) {
        try (RunningListener running = RunningListener.of(gate);
                var client = new RawHttp2Client(running.listener().port())) {
            client.post(1, path, "x");
            gate.arrived().responder().forsake(LAST_WORD);

            assertThat(client.head(1)).contains(":status: 500");
            assertThat(client.nextData(1).text()).isEqualTo(LAST_WORD.body().utf8Text());
            client.post(3, "/echo", "well");
            assertThat(client.nextData(3).text()).isEqualTo("well");
            assertThat(back).isNotDone();

            released.countDown();
            back.join();
            client.post(5, "/echo", "still");
            assertThat(client.nextData(5).text()).isEqualTo("still");
        }
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void isAnsweredOverTls(HttpClient.Version version, @TempDir Path folder)
            throws IOException, InterruptedException, GeneralSecurityException {
        OwnCertificate certificate = OwnCertificate.elliptic(folder);
        var settings = new ListenerSettings(
                "test", "127.0.0.1", 0, ListenerLimits.standard(), Optional.of(certificate.in(folder)));
        try (RunningListener running = RunningListener.of(gate, settings);
                HttpClient client = HttpClient.newBuilder()
                        .sslContext(certificate.trust())
                        .version(version)
                        .build()) {
            String url = "https://localhost:" + running.listener().port();
            CompletableFuture<HttpResponse<String>> answer =
                    client.sendAsync(post(url + "/arrival"), BodyHandlers.ofString());
            gate.arrived().responder().forsake(LAST_WORD);

            assertThat(answer.join().statusCode()).isEqualTo(500);
            assertThat(answer.join().body()).isEqualTo(LAST_WORD.body().utf8Text());
            assertThat(client.send(post(url + "/echo"), BodyHandlers.ofString()).body())
                    .isEqualTo("x");
            assertThat(back).isNotDone();
            released.countDown();
        }
    }

    private static HttpRequest post(String url) {
        return HttpRequest.newBuilder(URI.create(url))
                .POST(BodyPublishers.ofString("x"))
                .build();
    }

    @Test
    void keepsAListenerFromClosingNoLongerThanAnyOtherRequest() {
        RunningListener running = RunningListener.of(gate);
        try (RawClient client = running.client()) {
            client.send(RawClient.post("/arrival", "x"));
            gate.arrived().responder().forsake(LAST_WORD);
            client.readToEnd();

            running.close();

            released.countDown();
        }
    }
}
