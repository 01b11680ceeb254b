package dev.dray.adapter.modelclient;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.dray.model.Bytes;
import dev.dray.model.FormPart;
import dev.dray.model.FormPart.File;
import dev.dray.model.FormPart.Text;
import dev.dray.model.PartContent;
import dev.dray.port.exchange.ModelFailure;
import dev.dray.port.exchange.ModelFailure.Kind;
import dev.dray.port.outbound.ModelBody;
import dev.dray.port.outbound.ModelCall;
import dev.dray.port.testing.RecordingExchange;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FormTest extends ClientTest {
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final int LARGE = 64 << 20;

    /// Writes `count` bytes in pieces of any size, and promises `promised`.
    private record Pieces(long promised, long count, int pieceBytes) implements PartContent {
        @Override
        public long length() {
            return promised;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            byte[] piece = new byte[pieceBytes];
            for (long at = 0; at < count; at += pieceBytes) {
                out.write(piece, 0, (int) Math.min(pieceBytes, count - at));
            }
        }
    }

    private static ModelCall call(List<FormPart> parts, RecordingExchange exchange) {
        return new ModelCall(
                0,
                "POST",
                "/v1/audio/transcriptions",
                new ModelBody.Form(parts),
                List.of(),
                NO_TIME_OUTS,
                ModelCall.Work.OWN,
                exchange);
    }

    private static RecordingExchange sent(HttpModelServer client, FormPart... parts) throws InterruptedException {
        RecordingExchange exchange = RecordingExchange.patient();
        client.launch(call(List.of(parts), exchange), exchange);
        exchange.awaitOver();
        return exchange;
    }

    private static File file(PartContent content) {
        return new File("file", "speech.wav", "audio/wav", content);
    }

    private static List<StrictForm.Part> read(RawServer.Request request) {
        return StrictForm.read(request.header("Content-Type"), request.body());
    }

    @Test
    void framesTextsAndFilesInTheirOrder() throws Exception {
        RawServer server = answering(ANSWER);

        RecordingExchange exchange = sent(
                client(server.url()),
                new Text("model", "whisper"),
                file(PartContent.of(Bytes.utf8("RIFF"))),
                new Text("tag", "grüße\r\n--x"),
                new Text("tag", ""));

        assertThat(exchange.events()).endsWith("ended");
        RawServer.Request request = server.nextRequest();
        assertThat(request.line()).isEqualTo("POST /v1/audio/transcriptions HTTP/1.1");
        assertThat(request.header("Transfer-Encoding")).isNull();
        assertThat(read(request))
                .containsExactly(
                        new StrictForm.Part("model", null, null, Bytes.utf8("whisper")),
                        new StrictForm.Part("file", "speech.wav", "audio/wav", Bytes.utf8("RIFF")),
                        new StrictForm.Part("tag", null, null, Bytes.utf8("grüße\r\n--x")),
                        new StrictForm.Part("tag", null, null, Bytes.EMPTY));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            plain.png,              plain.png
            'a "quoted" one.png',   a %22quoted%22 one.png
            'x"; name="other',      x%22; name=%22other
            Grüße 文件 🎧.wav,       Grüße 文件 🎧.wav
            100%.txt,               100%.txt
            back\\slash.txt,        back\\slash.txt
            """)
    void escapesNamesAsBrowsersDo(String name, String expected) throws Exception {
        RawServer server = answering(ANSWER);

        sent(client(server.url()), new File(name, name, "image/png", PartContent.of(Bytes.EMPTY)));

        StrictForm.Part part = read(server.nextRequest()).getFirst();
        assertThat(part.name()).isEqualTo(expected);
        assertThat(part.fileName()).isEqualTo(expected);
    }

    @Test
    void noNameStartsAFieldOfItsOwn() throws Exception {
        RawServer server = answering(ANSWER);
        String name = "a\r\nContent-Type: text/evil\r\n\r\nb\0c\u007f";

        sent(client(server.url()), new File("f\n", name, "image/png", PartContent.of(Bytes.EMPTY)));

        StrictForm.Part part = read(server.nextRequest()).getFirst();
        assertThat(part.name()).isEqualTo("f%0A");
        assertThat(part.fileName()).isEqualTo("a%0D%0AContent-Type: text/evil%0D%0A%0D%0Ab%00c%7F");
        assertThat(part.type()).isEqualTo("image/png");
    }

    @Test
    void takesANewBoundaryForEachForm() throws Exception {
        RawServer server = answering(ANSWER);
        HttpModelServer client = client(server.url());

        sent(client, new Text("a", "b"));
        sent(client, new Text("a", "b"));

        String first = StrictForm.boundary(server.nextRequest().header("Content-Type"));
        String second = StrictForm.boundary(server.nextRequest().header("Content-Type"));
        assertThat(first).hasSizeGreaterThan(32).isNotEqualTo(second);
        assertThat(server.connections()).isEqualTo(1);
    }

    static IntStream seeds() {
        return IntStream.range(0, 40);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyByteArrivesHoweverItWasWritten(int seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        RawServer server = answering(ANSWER);
        List<FormPart> parts = new ArrayList<>();
        List<Bytes> expected = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(4); i++) {
            byte[] content = new byte[random.nextInt(1 << random.nextInt(18))];
            random.nextBytes(content);
            expected.add(Bytes.of(content));
            parts.add(file(inRandomPieces(content, random.split())));
        }

        RecordingExchange exchange = sent(client(server.url()), parts.toArray(FormPart[]::new));

        assertThat(exchange.events()).endsWith("ended");
        assertThat(read(server.nextRequest()).stream().map(StrictForm.Part::content))
                .containsExactlyElementsOf(expected);
    }

    private static PartContent inRandomPieces(byte[] content, SplittableRandom random) {
        int most = 1 << random.nextInt(1, 17);
        return content(content.length, out -> {
            for (int at = 0; at < content.length; ) {
                int count = Math.min(random.nextInt(most), content.length - at);
                out.write(content, at, count);
                at += count;
                if (at < content.length) {
                    out.write(content[at++]);
                }
            }
            out.flush();
            out.close();
        });
    }

    private interface Writing {
        void to(OutputStream out) throws IOException;
    }

    private static PartContent content(long promised, Writing writing) {
        return new PartContent() {
            @Override
            public long length() {
                return promised;
            }

            @Override
            public void writeTo(OutputStream out) throws IOException {
                writing.to(out);
            }
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {76, 8_192, 1 << 20})
    void holdsNoMoreOfALargeFileThanABuffer(int pieceBytes) throws Exception {
        RawServer server = playing(FormTest::swallow);
        HttpModelServer client = client(server.url());
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        RecordingExchange exchange = RecordingExchange.patient();
        ModelCall call = call(List.of(file(new Pieces(LARGE, LARGE, pieceBytes))), exchange);

        long before = threads.getCurrentThreadAllocatedBytes();
        client.start(call, exchange);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(exchange.events()).endsWith("ended");
        assertThat(exchange.body().utf8Text()).isEqualTo("all");
        assertThat(allocated - pieceBytes).isLessThan(2 << 20);
    }

    /// Reads a body of the length that was said, and not a byte more.
    private static void swallow(RawServer.Peer peer) throws IOException {
        DataInputStream in = new DataInputStream(peer.socket().getInputStream());
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        long length = Long.parseLong(head.toString().replaceFirst("(?s).*Content-Length: ([0-9]+).*", "$1"));
        in.skipNBytes(length);
        boolean exact = in.available() == 0;
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n" + (exact ? "all" : "odd"));
    }

    @ParameterizedTest
    @ValueSource(ints = {307, 308})
    void sendsTheFormAgainAfterARedirect(int status) throws Exception {
        RawServer server = playing(peer -> {
            peer.readRequest();
            peer.send("HTTP/1.1 " + status + " Moved\r\nLocation: /there\r\nContent-Length: 0\r\n\r\n");
            peer.readRequest();
            peer.send(ANSWER);
        });

        RecordingExchange exchange = sent(client(server.url()), file(PartContent.of(Bytes.utf8("RIFF"))));

        assertThat(exchange.events()).endsWith("ended");
        server.nextRequest();
        RawServer.Request second = server.nextRequest();
        assertThat(second.line()).isEqualTo("POST /there HTTP/1.1");
        assertThat(read(second).getFirst().content()).isEqualTo(Bytes.utf8("RIFF"));
    }

    @Test
    void sendsNoFormWithAGetAfterARedirect() throws Exception {
        RawServer server = playing(peer -> {
            peer.readRequest();
            peer.send("HTTP/1.1 303 See Other\r\nLocation: /job\r\nContent-Length: 0\r\n\r\n");
            peer.readRequest();
            peer.send(ANSWER);
        });

        sent(client(server.url()), new Text("a", "b"));

        server.nextRequest();
        RawServer.Request second = server.nextRequest();
        assertThat(second.line()).isEqualTo("GET /job HTTP/1.1");
        assertThat(second.header("Content-Type")).isNull();
        assertThat(second.header("Content-Length")).isNull();
    }

    @Test
    void takesANewConnectionWhereTheIdleOneHasDied() throws Exception {
        CountDownLatch hungUp = new CountDownLatch(1);
        RawServer server = playing(peer -> {
            peer.readRequest();
            peer.send(ANSWER);
            peer.hangUp();
            hungUp.countDown();
        });
        HttpModelServer client = client(server.url());
        sent(client, new Text("a", "1"));
        hungUp.await();

        RecordingExchange second = sent(client, new Text("a", "2"));

        assertThat(second.events()).endsWith("ended");
        server.nextRequest();
        assertThat(read(server.nextRequest()).getFirst().content()).isEqualTo(Bytes.utf8("2"));
    }

    @Test
    void relaysAnAnswerThatCameBeforeTheWholeFormWasTaken() throws Exception {
        RawServer server = playing(peer -> {
            peer.send("HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Length: 5\r\n\r\nlarge");
            peer.hangUp();
        });

        RecordingExchange exchange = sent(client(server.url()), file(new Pieces(LARGE, LARGE, 8_192)));

        assertThat(exchange.events())
                .containsExactly("begun", "head 413", "relay head", "relay body", "relay end", "ended");
        assertThat(exchange.body().utf8Text()).isEqualTo("large");
    }

    @Test
    void aConnectionThatBreaksIsNotTheFilesFault() throws Exception {
        RawServer server = playing(RawServer.Peer::reset);
        PartContent swallowing = content(LARGE, out -> {
            try {
                new Pieces(LARGE, LARGE, 8_192).writeTo(out);
            } catch (IOException unheard) {
                throw new IllegalStateException("what the file makes of it", unheard);
            }
        });

        RecordingExchange exchange = sent(client(server.url()), file(swallowing));

        assertThat(exchange.awaitFailure().kind()).isEqualTo(Kind.RESET);
    }

    @Test
    void abortsInTheMiddleOfAFile() throws Exception {
        RawServer server = playing(RawServer.Peer::waitWithoutReading);
        HttpModelServer client = client(server.url());
        RecordingExchange exchange = RecordingExchange.patient();
        client.launch(call(List.of(file(new Pieces(LARGE, LARGE, 8_192))), exchange), exchange);
        await("it is connected", () -> server.connections() == 1);

        exchange.awaitBegun().abort();

        assertThat(exchange.awaitFailure().kind()).isEqualTo(Kind.ABORTED);
        await("the connection is given back", () -> client.connections().open() == 0);
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of("wrote 999999 of the 1000000 bytes it promised", new Pieces(1_000_000, 999_999, 1_000)),
                Arguments.of("wrote 0 of the 1 bytes it promised", new Pieces(1, 0, 1_000)),
                Arguments.of("wrote more than the 1000000 bytes", new Pieces(1_000_000, 1_000_001, 8_192)),
                Arguments.of("wrote more than the 0 bytes", new Pieces(0, 1, 1)),
                Arguments.of("has a length of -1 bytes", new Pieces(-1, 0, 1)),
                Arguments.of("has a length of 9223372036854775807 bytes", new Pieces(Long.MAX_VALUE, 0, 1)),
                Arguments.of(
                        "failed after 500000 of 1000000 bytes: java.io.UncheckedIOException",
                        content(1_000_000, out -> {
                            new Pieces(500_000, 500_000, 8_192).writeTo(out);
                            throw new UncheckedIOException(new IOException("secret"));
                        })),
                Arguments.of("failed after 0 of 5 bytes: java.io.IOException at dev.dray", content(5, _ -> {
                    throw new IOException("secret");
                })),
                Arguments.of("failed after 0 of 5 bytes: java.lang.StackOverflowError", content(5, _ -> {
                    throw new StackOverflowError("secret");
                })),
                Arguments.of("wrote more than the 2 bytes", content(2, out -> {
                    try {
                        out.write(new byte[3]);
                    } catch (IOException swallowed) {
                        out.write(new byte[2]);
                    }
                })));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void aFileThatDoesNotKeepItsPromiseIsThePluginsFault(String expected, PartContent content) throws Exception {
        RawServer server = playing(peer -> {
            peer.awaitClose();
        });
        HttpModelServer client = client(server.url());

        RecordingExchange exchange = sent(client, new Text("model", "whisper"), file(content), new Text("a", "b"));

        ModelFailure failure = exchange.awaitFailure();
        assertThat(failure.kind()).isEqualTo(Kind.PLUGIN_FAULT);
        assertThat(failure.message())
                .startsWith("file 'file' of the form that the plugin made ")
                .contains(expected)
                .doesNotContain("secret");
        assertThat(exchange.events()).containsExactly("begun", "failed PLUGIN_FAULT");
        server.awaitClose();
        assertThat(client.connections().open()).isZero();
    }

    @Test
    void aTypeThatWouldEndItsFieldIsThePluginsFault() throws Exception {
        RawServer server = playing(RawServer.Peer::awaitClose);
        File evil = new File("file", "a.png", "image/png\r\nX-Evil: 1", PartContent.of(Bytes.EMPTY));

        assertThat(sent(client(server.url()), evil).awaitFailure().kind()).isEqualTo(Kind.PLUGIN_FAULT);
    }

    @Test
    void halfAFormEndsInAReset() throws Exception {
        RawServer server = playing(peer -> {
            InputStream in = peer.socket().getInputStream();
            try {
                in.transferTo(OutputStream.nullOutputStream());
            } catch (IOException reset) {
                peer.awaitClose();
            }
        });

        sent(client(server.url()), file(new Pieces(1_000_000, 999_999, 8_192)));

        server.awaitClose();
    }
}
