package dev.dray.plugin.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class WavHeadTest {
    private static final int PCM = 1;

    private static byte[] wav(int format, int channels, int rate, int bits, int dataBytes) {
        ByteBuffer out = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
        put(out, "RIFF").putInt(36 + dataBytes);
        put(out, "WAVE");
        put(out, "fmt ").putInt(16).putShort((short) format).putShort((short) channels);
        out.putInt(rate).putInt(rate * channels * bits / 8).putShort((short) (channels * bits / 8));
        out.putShort((short) bits);
        put(out, "data").putInt(dataBytes);
        return out.array();
    }

    private static ByteBuffer put(ByteBuffer out, String letters) {
        return out.put(letters.getBytes(StandardCharsets.US_ASCII));
    }

    @ParameterizedTest(name = "{0} channels of {2} bits at {1} Hz, {3} bytes: {4} s")
    @CsvSource({
        "1, 16000, 16, 960000, 30",
        "2, 48000, 24, 2160000, 7.5",
        "1, 8000, 8, 4000, 0.5",
        "1, 16000, 16, 0, 0",
        "1, 16000, 16, -2, 134217.7279375"
    })
    void readsTheLengthFromTheHeader(int channels, int rate, int bits, int bytes, double seconds) {
        assertThat(WavHead.seconds(wav(PCM, channels, rate, bits, bytes))).hasValue(seconds);
    }

    @Test
    void skipsOtherChunksWithTheirPadding() {
        byte[] plain = wav(PCM, 1, 16_000, 16, 32_000);
        ByteBuffer out = ByteBuffer.allocate(plain.length + 14).order(ByteOrder.LITTLE_ENDIAN);
        out.put(plain, 0, 36);
        put(out, "LIST").putInt(5).put(new byte[6]);
        out.put(plain, 36, 8);

        assertThat(WavHead.seconds(out.array())).hasValue(1);
    }

    @Test
    void readsAnExtensibleFormatOfPlainSamples() {
        ByteBuffer out = ByteBuffer.allocate(68).order(ByteOrder.LITTLE_ENDIAN);
        put(out, "RIFF").putInt(60);
        put(out, "WAVE");
        put(out, "fmt ").putInt(40).putShort((short) 0xFFFE).putShort((short) 1).putInt(16_000);
        out.putInt(32_000).putShort((short) 2).putShort((short) 16).putShort((short) 22);
        out.putShort((short) 16).putInt(4).putShort((short) PCM);
        put(out.position(60), "data").putInt(64_000);

        assertThat(WavHead.seconds(out.array())).hasValue(2);
    }

    static byte[][] filesThatSayNothing() {
        byte[] good = wav(PCM, 1, 16_000, 16, 32_000);
        byte[] noWave = good.clone();
        noWave[8] = 'X';
        byte[] dataFirst = good.clone();
        dataFirst[12] = 'X';
        return new byte[][] {
            {},
            Arrays.copyOf(good, 11),
            Arrays.copyOf(good, 40),
            wav(3, 1, 16_000, 32, 32_000),
            wav(PCM, 1, 0, 16, 32_000),
            wav(PCM, 0, 16_000, 16, 32_000),
            wav(PCM, 1, 16_000, 0, 32_000),
            noWave,
            dataFirst
        };
    }

    @ParameterizedTest
    @MethodSource("filesThatSayNothing")
    void saysNothingWhereTheHeaderDoesNot(byte[] head) {
        assertThat(WavHead.seconds(head)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("filesThatSayNothing")
    void survivesAnyHeadCutAnywhere(byte[] head) {
        for (int length = 0; length < head.length; length++) {
            assertThat(WavHead.seconds(Arrays.copyOf(head, length)).orElse(0)).isNotNegative();
        }
    }
}
