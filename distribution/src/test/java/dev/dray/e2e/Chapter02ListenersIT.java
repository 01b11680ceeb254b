package dev.dray.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Protocol 2: the listeners, their paths and methods, and what they take.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Chapter02ListenersIT {
    @SuppressWarnings("NullAway.Init") // set before all tests
    private World world;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        world = new World(folder)
                .set("limits.body", "64KiB")
                .handler("route: /open, allow-parallel-requests: true, max-queue-time: none")
                .ready();
    }

    @AfterAll
    void stop() throws Exception {
        world.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/none", "/open/", "/OPEN", "/open/more", "/health", "/metrics", "/worker_status/"})
    void answersNotFoundForAPathItDoesNotServe(String path) throws Exception {
        Answer answer = world.post(path, world.signed("{}"));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text()).isEqualTo("404: Not Found");
        assertThat(answer.header("Content-Type")).hasValue("text/plain; charset=utf-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH", "OPTIONS"})
    void answersMethodNotAllowedForAnythingButPost(String method) throws Exception {
        try (RawClient client = world.client()) {
            Answer answer = client.request(method, "/open", new byte[0]).answer();

            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.header("Allow")).hasValue("POST");
            assertThat(answer.text()).isEqualTo("405: Method Not Allowed");
            assertThat(answer.header("Content-Type")).hasValue("text/plain; charset=utf-8");
        }
    }

    @Test
    void servesManyRequestsOnOneConnectionWhateverTheQueryAndTheContentType() throws Exception {
        try (RawClient client = world.client()) {
            for (String type : new String[] {"application/json", "text/plain", "application/x-www-form-urlencoded"}) {
                Answer answer = client.post("/open?api_key=EK&x=/none", world.signed("{}"), "Content-Type: " + type)
                        .answer();

                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.all("Connection")).doesNotContain("close");
            }
            assertThat(client.post("/open", "{").answer().status()).isEqualTo(422);
            assertThat(client.post("/open", world.signed("{}")).answer().status())
                    .isEqualTo(200);
        }
    }

    @Test
    void takesABodyInChunks() throws Exception {
        String body = world.signed("{\"in\": \"chunks\"}");
        try (RawClient client = world.client()) {
            client.send("POST /open HTTP/1.1\r\nHost: worker\r\nTransfer-Encoding: chunked\r\n\r\n");
            client.send(Integer.toHexString(20) + "\r\n" + body.substring(0, 20) + "\r\n");
            client.send(Integer.toHexString(body.length() - 20) + "\r\n" + body.substring(20) + "\r\n0\r\n\r\n");

            assertThat(client.answer().status()).isEqualTo(200);
            assertThat(world.model().calls("/open").getLast().text()).isEqualTo("{\"in\": \"chunks\"}");
        }
    }

    @Test
    void inflatesABodyInGzip() throws Exception {
        try (RawClient client = world.client()) {
            byte[] body = gzip(world.signed("{\"in\": \"gzip\"}"));

            assertThat(client.request("POST", "/open", body, "Content-Encoding: gzip")
                            .answer()
                            .status())
                    .isEqualTo(200);
            assertThat(world.model().calls("/open").getLast().text()).isEqualTo("{\"in\": \"gzip\"}");
        }
    }

    @Test
    void refusesABodyThatIsTooLargeBeforeAndAfterInflation() throws Exception {
        String large = "x".repeat(70_000);

        assertThat(world.post("/open", large).status()).isEqualTo(413);
        try (RawClient client = world.client()) {
            Answer answer = client.request("POST", "/open", gzip(large), "Content-Encoding: gzip")
                    .answer();

            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.json().path("error").path("source").asText()).isEqualTo("client");
        }
    }

    private static byte[] gzip(String text) throws Exception {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void servesHttpOneZeroWithoutChunks() throws Exception {
        world.model().on("/open", call -> {
            call.startChunks(200, "Content-Type: text/event-stream\r\n");
            call.chunk("data: 1\n\n");
            call.lastChunk();
        });
        String body = world.signed("{}");
        try (RawClient client = world.client()) {
            client.send("POST /open HTTP/1.0\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);

            String all = client.rest();

            assertThat(all).contains("200").endsWith("\r\n\r\ndata: 1\n\n").doesNotContain("chunked");
        } finally {
            world.model().on("/open", call -> call.answer(200, "{}"));
        }
    }

    @Test
    void servesHttpTwoInClearText() throws Exception {
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
            // The first request asks for the upgrade; one without a body is the usual one.
            HttpResponse<String> upgrade = http.send(
                    HttpRequest.newBuilder(URI.create(world.url() + "/open"))
                            .timeout(Patience.LIMIT)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(upgrade.statusCode()).isEqualTo(405);
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create(world.url() + "/open"))
                            .timeout(Patience.LIMIT)
                            .POST(HttpRequest.BodyPublishers.ofString(world.signed("{}")))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        }
    }

    @Test
    void answersAClientThatHasSaidAllAndClosedItsHalf() throws Exception {
        try (RawClient client = world.client()) {
            client.post("/open", world.signed("{}"));
            client.halfClose();

            // A half-closed connection is how some clients end their request, and how a vanished one looks too.
            assertThat(client.rest())
                    .satisfiesAnyOf(
                            text -> assertThat(text).startsWith("HTTP/1.1 200"),
                            text -> assertThat(text).isEmpty());
        }
        assertThat(world.post("/open", world.signed("{}")).status()).isEqualTo(200);
    }

    @Test
    void servesNothingOfTheBackendOnTheInternalListener() throws Exception {
        try (RawClient client = RawClient.to(world.internalPort())) {
            assertThat(client.post("/open", world.signed("{}")).answer().status())
                    .isEqualTo(404);
        }
    }

    @Test
    void keepsTryingWhereItsPortIsTaken(@TempDir Path folder) throws Exception {
        try (World late = new World(folder);
                var taker = new ServerSocket(late.port(), 1, InetAddress.getLoopbackAddress())) {
            RunningProgram worker = late.start();
            worker.awaitLine("" + late.port());

            assertThat(taker.isBound()).isTrue();
            assertThat(worker.isAlive()).isTrue();
        }
    }
}
