package dev.dray.adapter.modelclient;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dray.model.Bytes;
import dev.dray.model.HeaderField;
import dev.dray.port.testing.RecordingExchange;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestTest extends ClientTest {
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    @Test
    void saysOnlyWhatIsOurs() throws Exception {
        RawServer server = answering(ANSWER);

        served(client(server.url()), Call.POST);

        RawServer.Request request = server.nextRequest();
        assertThat(request.line()).isEqualTo("POST /v1/completions HTTP/1.1");
        assertThat(request.headers())
                .containsExactly(
                        "Host: 127.0.0.1:" + server.url().getPort(),
                        "User-Agent: dray/1.2.3",
                        "Accept-Encoding: identity",
                        "Content-Type: application/json",
                        "Content-Length: 16");
        assertThat(request.body().utf8Text()).isEqualTo("{\"prompt\": \"hi\"}");
    }

    @Test
    void forwardsClientFieldsByAllowList() throws Exception {
        RawServer server = answering(ANSWER);
        HttpModelServer client = client(server.url(), settings -> settings.withForwardHeaders(Set.of("X-Tenant")));

        served(
                client,
                Call.POST
                        .header("ACCEPT", "text/event-stream")
                        .header("traceparent", "00-1-2-01")
                        .header("tracestate", "a=b")
                        .header("baggage", "c=d")
                        .header("X-Request-ID", "7f3")
                        .header("x-tenant", "t1")
                        .header("Accept-Encoding", "gzip, br")
                        .header("Authorization", "Bearer secret")
                        .header("Proxy-Authorization", "secret")
                        .header("Cookie", "secret")
                        .header("X-Other", "secret")
                        .header("Host", "secret")
                        .header("Content-Length", "12345678")
                        .header("Transfer-Encoding", "secret")
                        .header("Connection", "secret")
                        .header("User-Agent", "secret")
                        .header("Expect", "secret"));

        RawServer.Request request = server.nextRequest();
        assertThat(request.headers())
                .contains(
                        "ACCEPT: text/event-stream",
                        "traceparent: 00-1-2-01",
                        "tracestate: a=b",
                        "baggage: c=d",
                        "X-Request-ID: 7f3",
                        "x-tenant: t1",
                        "Accept-Encoding: gzip, br")
                .hasSize(11);
        assertThat(String.join("\n", request.headers())).doesNotContain("secret", "12345678");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX-Evil: 1", "a\nX-Evil: 1", "a\rb", "a\0b", "a\u0100b"})
    void dropsAFieldWhoseValueCouldBeReadAsTwo(String value) throws Exception {
        RawServer server = answering(ANSWER);

        served(client(server.url()), Call.POST.header("x-request-id", value));

        assertThat(server.nextRequest().headers()).hasSize(5);
    }

    @Test
    void addsFixedFieldsInsteadOfTheClients() throws Exception {
        RawServer server = answering(ANSWER);
        List<HeaderField> fixed =
                List.of(new HeaderField("Authorization", "Bearer own"), new HeaderField("Accept", "a/b"));
        HttpModelServer client = client(server.url(), settings -> settings.withHeaders(fixed));

        served(client, Call.POST.header("accept", "c/d"));

        assertThat(server.nextRequest().headers())
                .contains("Authorization: Bearer own", "Accept: a/b")
                .doesNotContain("accept: c/d");
    }

    @Test
    void sendsNoLengthWithAGetAndAZeroWithAnEmptyPost() throws Exception {
        RawServer server = answering(ANSWER);
        HttpModelServer client = client(server.url());

        served(client, Call.POST.body(Bytes.EMPTY).method("GET"));
        served(client, Call.POST.body(Bytes.EMPTY));

        assertThat(server.nextRequest().header("Content-Length")).isNull();
        RawServer.Request post = server.nextRequest();
        assertThat(post.header("Content-Length")).isEqualTo("0");
        assertThat(post.header("Content-Type")).isNull();
    }

    @Test
    void encodesWhatARequestLineCannotHold() throws Exception {
        RawServer server = answering(ANSWER);

        served(client(server.url()), Call.POST.path("/a b\r\nX-Evil: \u00e9"));

        assertThat(server.nextRequest().line()).isEqualTo("POST /a%20b%0D%0AX-Evil:%20%C3%A9 HTTP/1.1");
    }

    @Test
    void putsRoutesBehindThePathOfTheUrl() throws Exception {
        RawServer server = answering(ANSWER);

        served(client(URI.create(server.url() + "/model/")), Call.POST);

        assertThat(server.nextRequest().line()).isEqualTo("POST /model/v1/completions HTTP/1.1");
    }

    static IntStream seeds() {
        return IntStream.range(0, 30);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyByteArrivesAsItWasInBothDirections(int seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        // Around the sizes at which buffers end, and anywhere.
        int around = 1 << random.nextInt(18);
        int size = Math.max(0, around - 400 + random.nextInt(500));
        byte[] surroundings = new byte[size + 20];
        random.nextBytes(surroundings);
        Bytes body = new Bytes(surroundings, 7, size);
        boolean chunked = random.nextBoolean();
        RawServer server = playing(peer -> echo(peer, chunked));
        HttpModelServer client = client(server.url());

        RecordingExchange first = served(client, Call.POST.body(body));
        RecordingExchange second = served(client, Call.POST.body(body));

        assertThat(first.body()).isEqualTo(body);
        assertThat(second.body()).isEqualTo(body);
        assertThat(server.nextRequest().body()).isEqualTo(body);
        assertThat(server.connections()).isEqualTo(1);
    }

    @ParameterizedTest(name = "chunked {0}")
    @ValueSource(booleans = {true, false})
    void carriesTenMebibytesThereAndBack(boolean chunked) throws Exception {
        byte[] large = new byte[10 << 20];
        new SplittableRandom(1).nextBytes(large);
        RawServer server = playing(peer -> echo(peer, chunked));

        RecordingExchange exchange = served(client(server.url()), Call.POST.body(Bytes.of(large)));

        assertThat(exchange.events()).endsWith("ended");
        assertThat(exchange.body()).isEqualTo(Bytes.of(large));
    }

    private static void echo(RawServer.Peer peer, boolean chunked) throws IOException {
        for (RawServer.Request request = peer.readRequest(); request != null; request = peer.readRequest()) {
            byte[] body = request.body().toByteArray();
            if (!chunked) {
                peer.send("HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n");
                peer.send(body);
                continue;
            }
            peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int at = 0; at < body.length; at += 9_999) {
                int count = Math.min(9_999, body.length - at);
                peer.send(Integer.toHexString(count) + "\r\n");
                peer.send(Bytes.of(body).slice(at, count).toByteArray());
                peer.send("\r\n");
            }
            peer.send("0\r\n\r\n");
        }
    }

    @Test
    void relaysAnAnswerThatCameBeforeTheWholeBodyWasTaken() throws Exception {
        RawServer server = playing(peer -> {
            peer.send("HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Length: 5\r\n\r\nlarge");
            peer.hangUp();
        });

        RecordingExchange exchange = served(client(server.url()), Call.POST.body(Bytes.of(new byte[32 << 20])));

        assertThat(exchange.events())
                .containsExactly("begun", "head 413", "relay head", "relay body", "relay end", "ended");
    }
}
