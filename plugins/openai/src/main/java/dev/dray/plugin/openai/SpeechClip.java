package dev.dray.plugin.openai;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// A WAV file that sounds like somebody talking, whose last bytes are new each time: engines remember
/// what they heard.
final class SpeechClip {
    private static final int RATE = 16_000;
    private static final int SAMPLE_BYTES = 2;
    private static final int HEAD_BYTES = 44;
    private static final int NEW_BYTES = 8;

    private final byte[] file;

    private SpeechClip(byte[] file) {
        this.file = file;
    }

    /// The same each time it is made.
    static SpeechClip made(int seconds) {
        short[] samples = new Babble(RATE).samples(seconds * RATE);
        int bytes = samples.length * SAMPLE_BYTES;
        ByteBuffer wav = ByteBuffer.allocate(HEAD_BYTES + bytes).order(ByteOrder.LITTLE_ENDIAN);
        letters("RIFF", wav).putInt(HEAD_BYTES - 8 + bytes);
        letters("WAVE", wav);
        letters("fmt ", wav).putInt(16);
        // Plain samples, one channel.
        wav.putShort((short) 1).putShort((short) 1).putInt(RATE).putInt(RATE * SAMPLE_BYTES);
        wav.putShort((short) SAMPLE_BYTES).putShort((short) (8 * SAMPLE_BYTES));
        letters("data", wav).putInt(bytes);
        for (short sample : samples) {
            wav.putShort(sample);
        }
        return new SpeechClip(wav.array());
    }

    /// The file with a new end.
    byte[] wav(RandomGenerator random) {
        byte[] wav = Arrays.copyOf(file, file.length);
        var end = new byte[NEW_BYTES];
        random.nextBytes(end);
        System.arraycopy(end, 0, wav, wav.length - NEW_BYTES, NEW_BYTES);
        return wav;
    }

    private static ByteBuffer letters(String letters, ByteBuffer out) {
        return out.put(letters.getBytes(StandardCharsets.US_ASCII));
    }
}
