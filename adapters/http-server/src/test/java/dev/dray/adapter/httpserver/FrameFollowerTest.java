package dev.dray.adapter.httpserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class FrameFollowerTest {
    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void findsEveryResetHoweverTheBytesAreCut(long seed) {
        var random = new SplittableRandom(seed);
        var sent = new ByteArrayOutputStream();
        sent.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        List<Integer> resets = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            int type = random.nextInt(10);
            int stream = random.nextInt(1, Integer.MAX_VALUE);
            byte[] payload = new byte[type == 3 ? 4 : random.nextInt(300)];
            // What looks like a head of a reset inside a payload must not count.
            Arrays.fill(payload, (byte) 3);
            sent.writeBytes(frame(type, stream, payload));
            if (type == 3) {
                resets.add(stream);
            }
        }

        List<Integer> found = new ArrayList<>();
        var follower = new FrameFollower(found::add);
        byte[] all = sent.toByteArray();
        for (int at = 0; at < all.length; ) {
            int end = Math.min(all.length, at + random.nextInt(1, 40));
            follower.follow(Arrays.copyOfRange(all, at, end));
            at = end;
        }

        assertThat(found).isEqualTo(resets);
    }

    private static byte[] frame(int type, int stream, byte[] payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .put((byte) 0)
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) 0)
                .putInt(stream)
                .put(payload)
                .array();
    }
}
