package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A request's way through the packaged worker, seen by its client and in the model server's log.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestWayIT {
    private static final String CHAT = "/v1/chat/completions";

    @SuppressWarnings("NullAway.Init") // set before all tests
    private Stage stage;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        stage = Stage.in(folder, "");
        stage.startControlPlane();
        stage.startModelServer("--tokens-per-second", "500");
        stage.startWorker();
        stage.awaitReady();
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    @Test
    void streamsASignedRequest() throws Exception {
        HttpResponse<String> answer = stage.post(
                stage.worker() + CHAT, stage.signed("{\"max_tokens\": 20, \"stream\": true, \"messages\": []}"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/event-stream; charset=utf-8");
        assertThat(answer.body().lines().filter(line -> line.startsWith("data: {")))
                .hasSize(20);
        assertThat(answer.body()).endsWith("data: [DONE]\n\n");
    }

    @Test
    void passesAPlainAnswerThrough() throws Exception {
        HttpResponse<String> answer = stage.post(
                stage.worker() + "/v1/completions",
                stage.signed("{\"model\": \"mine\", \"prompt\": \"p\", \"max_tokens\": 3}"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"model\":\"mine\"").contains("\"completion_tokens\":3");
    }

    @Test
    void refusesAForgedSignatureWithAnEmptyBody() throws Exception {
        String forged =
                stage.signed("{\"max_tokens\": 1}").replaceFirst("\"signature\":\"....", "\"signature\":\"AAAA");

        HttpResponse<String> answer = stage.post(stage.worker() + CHAT, forged);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void namesEveryMissingField() throws Exception {
        HttpResponse<String> answer = stage.post(
                stage.worker() + CHAT,
                "{\"auth_data\": {\"cost\": 1, \"endpoint\": \"e\", \"reqnum\": 1}, \"payload\": {}}");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .isEqualTo(
                        "{\"auth_data\": {\"request_idx\": \"missing parameter\", \"signature\": \"missing parameter\","
                                + " \"url\": \"missing parameter\"}}");
    }

    @Test
    void refusesGarbageAsInvalidJson() throws Exception {
        HttpResponse<String> answer = stage.post(stage.worker() + CHAT, "{\"auth_data\": ");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).isEqualTo("{\"error\": \"invalid JSON\"}");
    }

    @Test
    void refusesUnknownPathsAndMethods() throws Exception {
        HttpResponse<String> unknown = stage.post(stage.worker() + "/v1/none", "{}");
        HttpResponse<String> method = stage.get(stage.worker() + CHAT);

        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).isEqualTo("404: Not Found");
        assertThat(method.statusCode()).isEqualTo(405);
        assertThat(method.headers().firstValue("Allow")).hasValue("POST");
    }

    @Test
    void endsTheGenerationWhenTheClientHangsUpMidStream() throws Exception {
        long before = logged("client disconnected");
        try (Socket client = open("{\"max_tokens\": 5000, \"stream\": true, \"messages\": []}")) {
            InputStream in = client.getInputStream();
            readUntil(in, "data: {");
        }

        stage.await("aborted generation", () -> logged("client disconnected") > before);
    }

    @Test
    void endsTheGenerationWhenTheClientHangsUpDuringPrefill() throws Exception {
        long before = logged("client disconnected");
        long received = logged("max_tokens=5000 stream=false");
        // Not streamed: nothing is written until all 5,000 tokens are there.
        try (Socket client = open("{\"max_tokens\": 5000, \"messages\": []}")) {
            stage.await("received request", () -> logged("max_tokens=5000 stream=false") > received);
            assertThat(client.isConnected()).isTrue();
        }

        stage.await("aborted generation", () -> logged("client disconnected") > before);
    }

    @Test
    void countsWhatItDid() throws Exception {
        stage.post(stage.worker() + CHAT, stage.signed("{\"max_tokens\": 2, \"messages\": []}"));

        stage.await(
                "served request in the metrics",
                () -> stage.get(stage.admin() + "/metrics")
                        .body()
                        .lines()
                        .anyMatch(line -> line.startsWith("dray_requests_total{")
                                && line.contains("outcome=\"served\"")
                                && line.contains(CHAT)
                                && !line.endsWith(" 0.0")));
        assertThat(stage.get(stage.admin() + "/status").body()).contains("\"state\" : \"ready\"");
    }

    private long logged(String text) throws IOException {
        return Files.readAllLines(stage.modelLog()).stream()
                .filter(line -> line.contains(text))
                .count();
    }

    private Socket open(String payload) throws Exception {
        byte[] body = stage.signed(payload).getBytes(StandardCharsets.UTF_8);
        var socket = new Socket(InetAddress.getLoopbackAddress(), stage.workerPort());
        OutputStream out = socket.getOutputStream();
        out.write(("POST " + CHAT + " HTTP/1.1\r\nHost: worker\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
        return socket;
    }

    private static void readUntil(InputStream in, String text) throws IOException {
        var read = new StringBuilder();
        byte[] buffer = new byte[1024];
        while (read.indexOf(text) < 0) {
            int count = in.read(buffer);
            if (count < 0) {
                throw new AssertionError("the worker closed the connection after: " + read);
            }
            read.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
        }
    }
}
