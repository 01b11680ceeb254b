package dev.dray.adapter.httpserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.adapter.httpserver.ScriptedGate.Call;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Paths, methods and the forms of a request, as protocol.md chapter 2 has them.
final class RoutingTest {
    private final ScriptedGate gate = new ScriptedGate().proceeding("/v1/completions", Call::echo);
    private final RunningListener running =
            RunningListener.of(gate, ListenerLimits.standard().withBodyBytes(1 << 20));
    private final RawClient client = running.client();
    private final RawHttp2Client http2 = new RawHttp2Client(running.listener().port());

    @AfterEach
    void close() {
        client.close();
        http2.close();
        running.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/v1/completions/",
                "/v1/completions//",
                "//v1/completions",
                "/v1//completions",
                "/v1%2Fcompletions",
                "/v1/completion%73",
                "/v1/../v1/completions",
                "/v1/./completions",
                "/v1/completions;a=b",
                "/V1/completions",
                "/v1/completions%00",
                "/v1/completions%20"
            })
    void knowsAPathOnlyAsItIsWritten(String path) {
        assertThat(client.send(RawClient.post(path, "x")).readAnswer())
                .startsWith("HTTP/1.1 404 Not Found\r\n")
                .contains("\r\nContent-Type: text/plain; charset=utf-8\r\n")
                .endsWith("\r\n\r\n404: Not Found");

        http2.post(1, path, "x");
        assertThat(http2.head(1))
                .containsExactly(":status: 404", "content-type: text/plain; charset=utf-8", "content-length: 14");
        assertThat(http2.nextData(1).text()).isEqualTo("404: Not Found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/completions?api_key=secret",
                "/v1/completions?",
                "/v1/completions?a=/../x",
                "http://any.host/v1/completions?x"
            })
    void ignoresTheQuery(String target) {
        assertThat(client.send(RawClient.post(target, "x")).readAnswer()).endsWith("\r\n\r\nx");
        assertThat(gate.arrived().request().path()).isEqualTo("/v1/completions");
        if (target.startsWith("/")) {
            http2.post(1, target, "y");
            assertThat(http2.nextData(1).text()).isEqualTo("y");
            assertThat(gate.arrived().request().path()).isEqualTo("/v1/completions");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "BREW"})
    void takesNoOtherMethod(String method) {
        String answer = client.send(method + " /v1/completions HTTP/1.1\r\nHost: test\r\n\r\n")
                .readTo("\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 405 Method Not Allowed\r\n")
                .contains("\r\nAllow: POST\r\n", "\r\nContent-Type: text/plain; charset=utf-8\r\n")
                .contains("\r\nContent-Length: 23\r\n");
        if (!method.equals("HEAD")) {
            client.readTo("405: Method Not Allowed");
        }
        assertThat(client.send(RawClient.post("/v1/completions", "next")).readAnswer())
                .endsWith("next");
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void takesNoOtherMethodOfARealClient(HttpClient.Version version) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + running.listener().port() + "/v1/completions");
        try (HttpClient real = HttpClient.newBuilder().version(version).build()) {
            for (String method : new String[] {"GET", "HEAD", "OPTIONS"}) {
                var request = HttpRequest.newBuilder(uri)
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build();
                var response = real.send(request, BodyHandlers.ofString());

                assertThat(response.version()).isEqualTo(version);
                assertThat(response.statusCode()).isEqualTo(405);
                assertThat(response.headers().allValues("allow")).containsExactly("POST");
                assertThat(response.headers().allValues("content-length")).containsExactly("23");
                assertThat(response.body()).isEqualTo(method.equals("HEAD") ? "" : "405: Method Not Allowed");
            }
        }
    }

    @Test
    void refusesABodyOverTheLimitInHttp2() {
        http2.head(1, "/v1/completions", "content-length", Integer.toString((1 << 20) + 1));

        assertThat(http2.head(1)).startsWith(":status: 413", "content-type: application/json; charset=utf-8");
        assertThat(http2.nextData(1).text()).contains("\"code\": \"body-too-large\"", "larger than 1048576 bytes");
        http2.reset(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zz\r\nx\r\n0\r\n\r\n",
                "1\r\nxxxx\r\n0\r\n\r\n",
                "-1\r\n\r\n",
                "1;a\r\nx\r\n0\r\n\r\n",
                "0\r\nTrailer: x\r\n\r\n"
            })
    void answersChunksThatAreNoneWithoutBlamingTheWorker(String chunks) {
        client.send("POST /v1/completions HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks);

        assertThat(client.readAnswer())
                .startsWith("HTTP/1.1 400 ")
                .contains("X-Dray-Error-Source: client\r\n", "is not in the chunks");
        assertThat(gate.arrivalsLeft()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 1\r\nTransfer-Encoding: chunked",
                "Content-Length: 1\r\nContent-Length: 2",
                "Content-Length: -1",
                "Content-Length: 1x",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: xchunked"
            })
    void refusesAHeadWhoseBodyCouldBeReadInTwoWays(String framing) {
        client.send("POST /v1/completions HTTP/1.1\r\nHost: test\r\n" + framing + "\r\n\r\n1\r\nx\r\n0\r\n\r\n");

        assertThat(client.readTo("\r\n\r\n"))
                .containsPattern("HTTP/1.1 (400|501) ")
                .contains("Source: client");
        assertThat(gate.arrivalsLeft()).isZero();
    }
}
