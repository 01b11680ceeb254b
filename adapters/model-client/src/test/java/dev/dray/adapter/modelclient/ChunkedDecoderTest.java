package dev.dray.adapter.modelclient;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ChunkedDecoderTest {
    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void findsTheSameBodyHoweverTheBytesAreSplit(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        for (int chunks = random.nextInt(20); chunks > 0; chunks--) {
            byte[] chunk = new byte[1 + random.nextInt(300)];
            random.nextBytes(chunk);
            body.writeBytes(chunk);
            wire.writeBytes(ascii(Integer.toHexString(chunk.length) + (random.nextBoolean() ? ";x=1" : "") + "\r\n"));
            wire.writeBytes(chunk);
            wire.writeBytes(ascii("\r\n"));
        }
        wire.writeBytes(ascii("0\r\n" + (random.nextBoolean() ? "A: b\r\n" : "") + "\r\nleft over"));

        ByteArrayOutputStream decoded = new ByteArrayOutputStream();
        int left = decodeInPieces(wire.toByteArray(), random, decoded);

        assertThat(decoded.toByteArray()).isEqualTo(body.toByteArray());
        assertThat(left).isEqualTo("left over".length());
    }

    private static int decodeInPieces(byte[] wire, SplittableRandom random, ByteArrayOutputStream decoded)
            throws CallException {
        ChunkedDecoder decoder = new ChunkedDecoder();
        int at = 0;
        while (!decoder.done()) {
            byte[] piece = Arrays.copyOfRange(wire, at, Math.min(wire.length, at + 1 + random.nextInt(500)));
            int taken = decoder.decode(piece, 0, piece.length);
            decoded.write(piece, decoder.dataStart(), decoder.dataLength());
            assertThat(taken).isGreaterThan(0);
            at += taken;
        }
        return wire.length - at;
    }

    @Test
    void leavesASingleChunkWhereItIs() throws Exception {
        byte[] wire = ascii("5\r\nhello\r\n");
        ChunkedDecoder decoder = new ChunkedDecoder();

        int taken = decoder.decode(wire, 0, wire.length);

        assertThat(taken).isEqualTo(wire.length);
        assertThat(decoder.dataStart()).isEqualTo(3);
        assertThat(decoder.dataLength()).isEqualTo(5);
        assertThat(decoder.done()).isFalse();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
