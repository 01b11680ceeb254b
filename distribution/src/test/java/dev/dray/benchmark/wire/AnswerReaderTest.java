package dev.dray.benchmark.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReaderTest {
    private static final String WHOLE = "HTTP/1.1 200 OK\r\nX: y\r\ncontent-LENGTH: 5\r\n\r\nhello";

    private final AnswerReader reader = new AnswerReader();
    private final StringBuilder body = new StringBuilder();

    @ParameterizedTest(name = "in pieces of {0} bytes")
    @ValueSource(ints = {1, 2, 5, 1000})
    void readsOneAnswerAfterTheOtherHoweverTheyAreCut(int piece) {
        assertThat(read(WHOLE, piece)).isTrue();
        assertThat(reader.status()).isEqualTo(200);
        assertThat(body).hasToString("hello");

        reader.next();
        body.setLength(0);

        assertThat(read(
                        "HTTP/1.1 503 No\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\na\r\n wide\r\nlin\r\n0\r\n\r\n",
                        piece))
                .isTrue();
        assertThat(reader.status()).isEqualTo(503);
        assertThat(body).hasToString("hello wide\r\nlin");
    }

    @Test
    void takesTrailersForNoBody() {
        String answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nTrailer: x\r\n\r\n";

        assertThat(read(answer, 3)).isTrue();
        assertThat(body).hasToString("ok");
    }

    @Test
    void anAnswerWithoutLengthLastsUntilTheConnectionCloses() {
        assertThat(read("HTTP/1.1 200 OK\r\n\r\nand so on", 4)).isFalse();
        assertThat(reader.closes()).isTrue();
        assertThat(body).hasToString("and so on");
    }

    @Test
    void seesThatTheServerCloses() {
        assertThat(read("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", 8))
                .isTrue();
        assertThat(reader.closes()).isTrue();
    }

    private boolean read(String answer, int piece) {
        byte[] bytes = answer.getBytes(US_ASCII);
        boolean complete = false;
        for (int at = 0; at < bytes.length; at += piece) {
            ByteBuffer in = ByteBuffer.wrap(bytes, at, Math.min(piece, bytes.length - at));
            complete = reader.read(in, part -> {
                while (part.hasRemaining()) {
                    body.append((char) part.get());
                }
            });
            assertThat(in.hasRemaining()).isFalse();
        }
        return complete;
    }
}
