package dev.dray.adapter.modelclient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Bytes;
import dev.dray.port.exchange.ModelFailure.Kind;
import dev.dray.port.testing.RecordingExchange;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RedirectTest extends ClientTest {
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private RawServer redirecting(String status, String location, String body) throws IOException {
        return playing(peer -> {
            peer.readRequest();
            peer.send("HTTP/1.1 " + status + " Moved\r\nLocation: " + location + "\r\n" + body);
            while (peer.readRequest() != null) {
                peer.send(ANSWER);
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "301, GET, ''",
        "302, GET, ''",
        "303, GET, ''",
        "307, POST, '{\"prompt\": \"hi\"}'",
        "308, POST, '{\"prompt\": \"hi\"}'",
    })
    void followsOnTheSameConnection(String status, String method, String body) throws Exception {
        RawServer server = redirecting(status, "/v2/there?a=b", "Content-Length: 4\r\n\r\npage");

        RecordingExchange exchange = served(client(server.url()), Call.POST.header("x-request-id", "7"));

        assertThat(exchange.events())
                .containsExactly("begun", "head 200", "relay head", "relay body", "relay end", "ended");
        assertThat(exchange.body().utf8Text()).isEqualTo("ok");
        server.nextRequest();
        RawServer.Request second = server.nextRequest();
        assertThat(second.line()).isEqualTo(method + " /v2/there?a=b HTTP/1.1");
        assertThat(second.body().utf8Text()).isEqualTo(body);
        assertThat(second.header("x-request-id")).isEqualTo("7");
        assertThat(second.header("Content-Type") == null).isEqualTo(body.isEmpty());
        assertThat(server.connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:PORT/x, /x",
        "HTTP://127.0.0.1:PORT, /",
        "there, /v1/there",
        "../up, /up",
        "?q=1, /v1/?q=1",
        "//127.0.0.1:PORT/y, /y",
    })
    void understandsEveryFormOfAnAddressOnTheSameServer(String location, String target) throws Exception {
        RawServer server = playing(peer -> {
            String port = String.valueOf(
                            Objects.requireNonNull(peer.readRequest()).header("Host"))
                    .replaceAll(".*:", "");
            peer.send("HTTP/1.1 307 Moved\r\nLocation: " + location.replace("PORT", port)
                    + "\r\nContent-Length: 0\r\n\r\n");
            peer.readRequest();
            peer.send(ANSWER);
        });

        RecordingExchange exchange = served(client(server.url()), Call.POST.path("/v1/"));

        assertThat(exchange.events()).endsWith("ended");
        server.nextRequest();
        assertThat(server.nextRequest().line()).isEqualTo("POST " + target + " HTTP/1.1");
    }

    @Test
    void takesANewConnectionAfterALongPage() throws Exception {
        RawServer server = playing(peer -> {
            RawServer.Request request = peer.readRequest();
            if (request != null && request.line().contains("/there")) {
                peer.send(ANSWER);
                return;
            }
            peer.send("HTTP/1.1 308 Moved\r\nLocation: /there\r\nTransfer-Encoding: chunked\r\n\r\n");
            peer.sendUntilClosed("5\r\n!!!!!\r\n");
        });

        RecordingExchange exchange = served(client(server.url()), Call.POST);

        assertThat(exchange.events()).endsWith("ended");
        assertThat(server.connections()).isEqualTo(2);
        server.awaitClose();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:1/elsewhere",
                "http://localhost/elsewhere",
                "https://127.0.0.1/elsewhere",
                "//example.com/",
                "ftp://127.0.0.1/",
                "http://[nonsense",
                "file:///etc/passwd",
                "mailto:a@b",
            })
    void refusesToLeaveTheServer(String location) throws Exception {
        RawServer server = redirecting("307", location, "Content-Length: 0\r\n\r\n");

        RecordingExchange exchange = served(client(server.url()), Call.POST);

        assertThat(exchange.awaitFailure().kind()).isEqualTo(Kind.REDIRECT);
        assertThat(exchange.events()).containsExactly("begun", "failed REDIRECT");
    }

    @Test
    void followsFiveInARowAndNoMore() throws Exception {
        // It closes nothing by itself: the second call may come on the connection of the first.
        RawServer server = playing(peer -> {
            RawServer.Request request = peer.readRequest();
            for (int i = 0; request != null; i = (i + 1) % 6) {
                if (i < 5) {
                    peer.send("HTTP/1.1 307 Moved\r\nLocation: /" + i + "\r\nContent-Length: 0\r\n\r\n");
                } else {
                    peer.send(
                            request.body().length() == 16
                                    ? ANSWER
                                    : "HTTP/1.1 303 Moved\r\nLocation: /9\r\nContent-Length: 0\r\n\r\n");
                }
                request = peer.readRequest();
            }
        });
        HttpModelServer client = client(server.url());

        assertThat(served(client, Call.POST).events()).endsWith("ended");
        assertThat(served(client, Call.POST.body(Bytes.EMPTY)).awaitFailure().kind())
                .isEqualTo(Kind.REDIRECT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 302 Found\r\n", "HTTP/1.1 300 Choices\r\nLocation: /x\r\n"})
    void relaysWhatIsNotARedirect(String head) throws Exception {
        RawServer server = answering(head + "Content-Length: 2\r\n\r\nok");

        assertThat(served(client(server.url()), Call.POST).events()).endsWith("relay body", "relay end", "ended");
    }
}
