package dev.dray.adapter.httpserver;

import static dev.dray.adapter.httpserver.RawClient.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.port.exchange.Reply;
import dev.dray.port.exchange.ResponseHead;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HttpListenerTest {
    private final ScriptedGate gate = new ScriptedGate();
    private final RunningListener running = RunningListener.of(gate);
    private final RawClient client = running.client();

    @AfterEach
    void close() {
        client.close();
        running.close();
    }

    @Test
    void relaysExactlyTheHeadersOfTheModelServer() {
        gate.proceeding("/v1", call -> {
            call.head("Content-Type", "application/json", "Content-Length", "2", "Set-Cookie", "a", "Set-Cookie", "b");
            call.text("{}");
            call.responder().end();
        });

        String answer = client.send(post("/v1", "x")).readAnswer();

        assertThat(answer)
                .isEqualTo("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n"
                        + "Set-Cookie: a\r\nSet-Cookie: b\r\n\r\n{}");
    }

    @Test
    void handsTheWholeRequestToTheGate() {
        gate.arriving("/a%20b", call -> call.responder().reply(Reply.empty(200)));

        client.send("POST /a%20b?query=1 HTTP/1.1\r\nHost: test\r\n");
        client.send("X-Two: 1\r\nX-Two: 2\r\nContent-Length: 4\r\n\r\nbody").readAnswer();

        var request = gate.arrived().request();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/a%20b");
        assertThat(request.body().utf8Text()).isEqualTo("body");
        assertThat(request.headers()).filteredOn(field -> field.is("x-two")).hasSize(2);
        assertThat(request.remote()).startsWith("127.0.0.1:");
    }

    @Test
    void answersUnknownPathAndWrongMethodAsPlainText() {
        assertThat(client.send("GET /nowhere HTTP/1.1\r\nHost: test\r\n\r\n").readAnswer())
                .startsWith("HTTP/1.1 404 Not Found\r\n")
                .contains("Content-Type: text/plain; charset=utf-8\r\n")
                .endsWith("\r\n\r\n404: Not Found");
        assertThat(client.send("OPTIONS /get HTTP/1.1\r\nHost: test\r\n\r\n").readAnswer())
                .startsWith("HTTP/1.1 405 Method Not Allowed\r\n")
                .contains("Allow: GET\r\n")
                .endsWith("\r\n\r\n405: Method Not Allowed");
    }

    @Test
    void answersHeadWithoutBodySoThatTheNextRequestIsUnderstood() {
        gate.arriving("/v1", call -> call.responder().reply(Reply.text(200, "second")));

        assertThat(client.send("HEAD /get HTTP/1.1\r\nHost: test\r\n\r\n").readTo("\r\n\r\n"))
                .startsWith("HTTP/1.1 405");

        assertThat(client.send(post("/v1", "x")).readAnswer())
                .startsWith("HTTP/1.1 200")
                .endsWith("second");
    }

    @Test
    void sendsEachChunkBeforeTheNextIsWritten() {
        var firstRead = new CountDownLatch(1);
        gate.proceeding("/stream", call -> {
            call.head("Content-Type", "text/event-stream");
            call.text("data: 1\n\n");
            await(firstRead);
            call.text("data: 2\n\n");
            call.responder().end();
        });

        String head = client.send(post("/stream", "x")).readTo("\r\n\r\n");
        String first = client.readTo("data: 1\n\n\r\n");
        firstRead.countDown();

        assertThat(head).contains("Transfer-Encoding: chunked\r\n").doesNotContain("Date:", "Connection:");
        assertThat(first).isEqualTo("9\r\ndata: 1\n\n\r\n");
        assertThat(client.readTo("0\r\n\r\n")).isEqualTo("9\r\ndata: 2\n\n\r\n0\r\n\r\n");
    }

    @Test
    void sendsTheHeadOfAStreamBeforeItsFirstChunk() {
        var headRead = new CountDownLatch(1);
        gate.proceeding("/stream", call -> {
            call.head();
            await(headRead);
            call.text("x");
            call.responder().end();
        });

        String head = client.send(post("/stream", "x")).readTo("\r\n\r\n");
        headRead.countDown();

        assertThat(head).startsWith("HTTP/1.1 200 OK\r\n");
        assertThat(client.readTo("0\r\n\r\n")).isEqualTo("1\r\nx\r\n0\r\n\r\n");
    }

    @Test
    void takesAReplyFromAnotherThreadLater() {
        gate.arriving("/later", call -> {});

        client.send(post("/later", "x"));
        var call = gate.arrived();
        Thread.ofVirtual()
                .start(() -> call.responder().reply(Reply.json(429, "{}").with("Retry-After", "2")));

        assertThat(client.readAnswer())
                .isEqualTo("HTTP/1.1 429 Too Many Requests\r\nContent-Type: application/json; charset=utf-8\r\n"
                        + "Retry-After: 2\r\nContent-Length: 2\r\n\r\n{}");
    }

    @Test
    void takesAReplyInsteadOfAHeadWhileProceeding() {
        gate.proceeding("/failing", call -> call.responder().reply(Reply.json(502, "{}")));

        assertThat(client.send(post("/failing", "x")).readAnswer()).startsWith("HTTP/1.1 502 Bad Gateway\r\n");
    }

    @Test
    void answers500WhenTheGateThrows() {
        gate.arriving("/broken", call -> {
            throw new IllegalStateException("planted");
        });

        assertThat(client.send(post("/broken", "x")).readAnswer())
                .startsWith("HTTP/1.1 500 ")
                .contains("X-Dray-Error-Source: worker\r\n")
                .doesNotContain("planted");
    }

    @Test
    void breaksOffWithoutAFinalChunk() {
        gate.proceeding("/breaking", call -> {
            call.head();
            call.text("half");
            call.responder().breakOff();
        });

        client.send(post("/breaking", "x")).readTo("\r\n\r\n");

        assertThat(client.readToEnd()).isEqualTo("4\r\nhalf\r\n");
    }

    @Test
    void breaksOffWhatIsShorterThanPromised() {
        gate.proceeding("/short", call -> {
            call.head("Content-Length", "10");
            call.text("half");
            call.responder().end();
        });

        client.send(post("/short", "x")).readTo("\r\n\r\n");

        assertThat(client.readToEnd()).isEqualTo("half");
    }

    @Test
    void answersWithoutBodyWhereTheStatusAllowsNone() {
        gate.proceeding("/empty", call -> {
            call.responder().head(new ResponseHead(204, ScriptedGate.fields("X-A", "b")));
            call.responder().end();
        });

        assertThat(client.send(post("/empty", "x")).readTo("\r\n\r\n"))
                .isEqualTo("HTTP/1.1 204 No Content\r\nX-A: b\r\n\r\n");
        assertThat(client.send(post("/empty", "x")).readTo("\r\n\r\n")).startsWith("HTTP/1.1 204");
    }

    @Test
    void servesHttp10WithoutChunksAndCloses() {
        gate.proceeding("/stream", call -> {
            call.head("Content-Type", "text/event-stream");
            call.text("data: 1\n\n");
            call.responder().end();
        });

        client.send("POST /stream HTTP/1.0\r\nContent-Le").send("ngth: 1\r\n\r\nx");

        assertThat(client.readTo("\r\n\r\n")).contains("Connection: close\r\n").doesNotContain("Transfer-Encoding");
        assertThat(client.readToEnd()).isEqualTo("data: 1\n\n");
    }

    @Test
    void closesAfterTheAnswerWhenTheClientAsksForIt() {
        gate.arriving("/v1", call -> call.responder().reply(Reply.text(200, "bye")));

        client.send("POST /v1 HTTP/1.1\r\nHost: test\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx");

        assertThat(client.readAnswer()).contains("Connection: close\r\n").endsWith("bye");
        assertThat(client.readToEnd()).isEmpty();
    }

    @Test
    void asksForTheBodyOfAClientThatExpectsIt() {
        gate.proceeding("/echo", ScriptedGate.Call::echo);

        client.send("POST /echo HTTP/1.1\r\nHost: test\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
        String interim = client.readTo("\r\n\r\n");
        client.send("body");

        assertThat(interim).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
        assertThat(client.readAnswer()).endsWith("body");
    }

    @Test
    void answersPipelinedRequestsInOrder() {
        gate.proceeding("/echo", ScriptedGate.Call::echo);

        client.send(post("/echo", "one") + post("/echo", "two") + "POST /echo HTTP/1.1\r\nHos");
        assertThat(client.readAnswer()).endsWith("one");
        assertThat(client.readAnswer()).endsWith("two");
        client.send("t: test\r\nContent-Length: 5\r\n\r\nthree");

        assertThat(client.readAnswer()).endsWith("three");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
