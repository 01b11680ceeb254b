package dev.dray.adapter.modelclient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.HeaderField;
import dev.dray.port.exchange.ModelFailure;
import dev.dray.port.exchange.ModelFailure.Kind;
import dev.dray.port.testing.RecordingExchange;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ResponseFramingTest extends ClientTest {
    private static final String OK = "HTTP/1.1 200 OK\r\n";

    static Stream<Arguments> framings() {
        return Stream.of(
                Arguments.of("a counted body", OK + "Content-Length: 5\r\n\r\nhello", "hello"),
                Arguments.of(
                        "the same count twice", OK + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello", "hello"),
                Arguments.of("the same count in a list", OK + "Content-Length: 5, 5\r\n\r\nhello", "hello"),
                Arguments.of("an empty counted body", OK + "Content-Length: 0\r\n\r\n", ""),
                Arguments.of(
                        "chunks", OK + "Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n", "hello"),
                Arguments.of(
                        "chunks with extensions and trailers",
                        OK + "transfer-encoding: Chunked\r\n\r\n"
                                + "5;a=b;c=\"d\"\r\nhello\r\n0000 ;x\r\nX-Sum: 1\r\nX-More: 2\r\n\r\n",
                        "hello"),
                Arguments.of("no chunk at all", OK + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", ""),
                Arguments.of(
                        "interim answers first",
                        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\nA: b\r\n\r\n" + OK
                                + "Content-Length: 5\r\n\r\nhello",
                        "hello"),
                Arguments.of(
                        "lines that end with a line feed alone",
                        "HTTP/1.1 200 OK\nContent-Length: 5\n\nhello",
                        "hello"),
                Arguments.of("no reason phrase", "HTTP/1.1 200\r\nContent-Length: 5\r\n\r\nhello", "hello"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("framings")
    void readsToTheExactEndAndKeepsTheConnection(String name, String response, String body) throws Exception {
        RawServer server = answering(response);
        HttpModelServer client = client(server.url());

        RecordingExchange first = served(client, Call.POST);
        RecordingExchange second = served(client, Call.POST);

        assertThat(first.events()).endsWith("relay end", "ended");
        assertThat(first.body().utf8Text()).isEqualTo(body);
        assertThat(second.body().utf8Text()).isEqualTo(body);
        assertThat(server.connections()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("framings")
    void doesNotMindWhereTheReadsAreSplit(String name, String response, String body) throws Exception {
        RawServer server = playing(peer -> {
            while (peer.readRequest() != null) {
                peer.sendByteByByte(response);
            }
        });
        HttpModelServer client = client(server.url());

        assertThat(served(client, Call.POST).body().utf8Text()).isEqualTo(body);
        assertThat(served(client, Call.POST).body().utf8Text()).isEqualTo(body);
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void readsUntilTheServerCloses() throws Exception {
        RawServer server = playing(peer -> {
            peer.readRequest();
            peer.send("HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nhel");
            peer.send("lo");
        });

        RecordingExchange exchange = served(client(server.url()), Call.POST);

        assertThat(exchange.events()).endsWith("relay end", "ended");
        assertThat(exchange.body().utf8Text()).isEqualTo("hello");
    }

    @ParameterizedTest
    @ValueSource(strings = {"204 No Content", "304 Not Modified"})
    void expectsNoBodyWhereTheStatusHasNone(String status) throws Exception {
        RawServer server = answering("HTTP/1.1 " + status + "\r\n\r\n");
        HttpModelServer client = client(server.url());

        assertThat(served(client, Call.POST).events()).endsWith("relay head", "relay end", "ended");
        assertThat(served(client, Call.POST).events()).endsWith("ended");
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void expectsNoBodyInAnAnswerToHead() throws Exception {
        RawServer server = answering(OK + "Content-Length: 5\r\n\r\n");

        RecordingExchange exchange = served(client(server.url()), Call.POST.method("HEAD"));

        assertThat(exchange.events()).endsWith("relay head", "relay end", "ended");
        assertThat(exchange.awaitHead().headers()).contains(new HeaderField("Content-Length", "5"));
    }

    @Test
    void relaysWhatComesInOneReadAsOnePiece() throws Exception {
        RawServer server = answering(OK + "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n1\r\nb\r\n1\r\nc\r\n0\r\n\r\n");

        RecordingExchange exchange = served(client(server.url()), Call.POST);

        assertThat(exchange.body().utf8Text()).isEqualTo("abc");
        assertThat(exchange.chunks()).isEqualTo(1);
    }

    @Test
    void passesHeadersOnButThoseOfTheConnection() throws Exception {
        RawServer server = answering(OK
                + "X-Kept: 1\r\nSet-Cookie: a=b\r\nSet-Cookie: c=d\r\nContent-Encoding: gzip\r\nX-Blank :  both \t\r\n"
                + "Connection: keep-alive, X-Hop\r\nX-Hop: 1\r\nKeep-Alive: timeout=5\r\nProxy-Authenticate: x\r\n"
                + "TE: trailers\r\nTrailer: X-Sum\r\nUpgrade: h2c\r\nX-Latin: \u00e9\r\nContent-Length: 1\r\n\r\n!");

        RecordingExchange exchange = served(client(server.url()), Call.POST);

        assertThat(exchange.awaitHead().headers())
                .containsExactly(
                        new HeaderField("X-Kept", "1"),
                        new HeaderField("Set-Cookie", "a=b"),
                        new HeaderField("Set-Cookie", "c=d"),
                        new HeaderField("Content-Encoding", "gzip"),
                        new HeaderField("X-Blank", "both"),
                        new HeaderField("X-Latin", "\u00e9"),
                        new HeaderField("Content-Length", "1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2\r\n\r\n",
                "HTTP/2.0 200 OK\r\n\r\n",
                "HTTP/1.1 20 OK\r\n\r\n",
                "HTTP/1.1 2000 OK\r\n\r\n",
                "HTTP/1.1 099 Low\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
                "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
                "HTTP/1.1 200 OK\r\n: no name\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: b\r\n folded\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: b\rc\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA b: c\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nContent-Length: 5, 6\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: +5\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nContent-Length: 9999999999999999999\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            })
    void callsAHeadThatCannotBeTrustedGarbage(String response) throws Exception {
        RawServer server = answering(response);

        RecordingExchange exchange = served(client(server.url()), Call.POST);

        assertThat(exchange.awaitFailure().kind()).isEqualTo(Kind.GARBAGE);
        assertThat(exchange.events()).containsExactly("begun", "failed GARBAGE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x\r\nhello",
                "\r\nhello",
                "-5\r\nhello",
                "5\nhello\r\n0\r\n\r\n",
                "5\rhello\r\n0\r\n\r\n",
                "5\r\nhelloX\r\n0\r\n\r\n",
                "5\r\nhello\n0\r\n\r\n",
                "1234567890abcdef\r\n",
                "0\r\nA: b\n\r\n",
            })
    void callsBrokenChunksGarbage(String body) throws Exception {
        RawServer server = answering(OK + "Transfer-Encoding: chunked\r\n\r\n" + body);

        RecordingExchange exchange = served(client(server.url()), Call.POST);

        assertThat(exchange.awaitFailure().kind()).isEqualTo(Kind.GARBAGE);
        assertThat(exchange.events())
                .startsWith("begun", "head 200", "relay head")
                .doesNotContain("relay end");
    }

    @Test
    void boundsTheHead() throws Exception {
        RawServer server = answering(OK + "A: " + "x".repeat(Connection.MAX_HEAD_BYTES) + "\r\n\r\n");

        ModelFailure failure = served(client(server.url()), Call.POST).awaitFailure();

        assertThat(failure.kind()).isEqualTo(Kind.GARBAGE);
        assertThat(failure.message()).contains("65536");
    }

    @Test
    void readsAHeadThatIsMuchLargerThanUsual() throws Exception {
        String value = "x".repeat(40_000);
        RawServer server = answering(OK + "A: " + value + "\r\nContent-Length: 5\r\n\r\nhello");

        RecordingExchange exchange = served(client(server.url()), Call.POST);

        assertThat(exchange.awaitHead().headers()).contains(new HeaderField("A", value));
        assertThat(exchange.body().utf8Text()).isEqualTo("hello");
    }

    @Test
    void boundsExtensionsAndTrailersButNotTheNumberOfChunks() throws Exception {
        String manyChunks = "1\r\nx\r\n".repeat(ChunkedDecoder.MAX_FRAMING_BYTES) + "0\r\n\r\n";
        RawServer many = answering(OK + "Transfer-Encoding: chunked\r\n\r\n" + manyChunks);
        RawServer endless = answering(OK + "Transfer-Encoding: chunked\r\n\r\n0\r\n"
                + ("A: " + "x".repeat(1_000) + "\r\n").repeat(100) + "\r\n");

        assertThat(served(client(many.url()), Call.POST).body().length()).isEqualTo(ChunkedDecoder.MAX_FRAMING_BYTES);
        assertThat(served(client(endless.url()), Call.POST).awaitFailure().kind())
                .isEqualTo(Kind.GARBAGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n",
            })
    void callsAnAnswerThatEndsTooEarlyReset(String response) throws Exception {
        RawServer server = playing(peer -> {
            peer.readRequest();
            peer.send(response);
        });

        RecordingExchange exchange = served(client(server.url()), Call.POST);

        assertThat(exchange.awaitFailure().kind()).isEqualTo(Kind.RESET);
        assertThat(exchange.events()).doesNotContain("relay end");
    }

    @Test
    void noticesAResetInTheMiddle() throws Exception {
        RawServer server = playing(ResponseFramingTest::resetInTheMiddle);

        ModelFailure failure = served(client(server.url()), Call.POST).awaitFailure();

        assertThat(failure.kind()).isEqualTo(Kind.RESET);
        assertThat(failure.message()).contains(server.url().toString());
    }

    private static void resetInTheMiddle(RawServer.Peer peer) throws IOException {
        peer.readRequest();
        peer.send(OK + "Content-Length: 500\r\n\r\nhello");
        peer.reset();
    }
}
