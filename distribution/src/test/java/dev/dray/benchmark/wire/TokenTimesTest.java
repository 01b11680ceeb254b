package dev.dray.benchmark.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTimesTest {
    @ParameterizedTest(name = "in pieces of {0} bytes")
    @ValueSource(ints = {1, 2, 3, 7, 100, 10_000})
    void findsTheTimeOfEachTokenHoweverTheStreamIsCut(int piece) {
        List<Long> made = List.of(0L, 1L, 1_234_567_890_123_456_789L, Long.MAX_VALUE);
        ByteBuffer stream = ByteBuffer.allocate(10_000);
        made.forEach(time -> new Token().write(time, stream));
        stream.flip();

        assertThat(read(stream, piece)).isEqualTo(made);
    }

    @Test
    void aTokenIsOneChunkOfItsLength() {
        var token = new Token();
        ByteBuffer out = ByteBuffer.allocate(token.length());

        token.write(42, out);

        String text = new String(out.array(), US_ASCII);
        int frame = text.indexOf("\r\n");
        int size = Integer.parseInt(text.substring(0, frame), 16);
        assertThat(text.substring(frame + 2))
                .hasSize(size + 2)
                .startsWith("data: {")
                .endsWith("\n\n\r\n");
    }

    @Test
    void refusesWhatIsNoTime() {
        ByteBuffer stream = ByteBuffer.wrap("data: @12x".getBytes(US_ASCII));

        assertThatThrownBy(() -> new TokenTimes().read(stream, time -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a digit");
    }

    private static List<Long> read(ByteBuffer stream, int piece) {
        var times = new TokenTimes();
        var found = new ArrayList<Long>();
        while (stream.hasRemaining()) {
            int count = Math.min(piece, stream.remaining());
            times.read(stream.slice(stream.position(), count), found::add);
            stream.position(stream.position() + count);
        }
        return found;
    }
}
