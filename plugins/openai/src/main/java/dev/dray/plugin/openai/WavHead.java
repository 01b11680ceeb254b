package dev.dray.plugin.openai;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalDouble;

/// Reads what a WAV file says of itself before its samples: chunks of four letters, a size, and so many
/// bytes, padded to
/// an even number.
final class WavHead {
    private static final int RIFF = fourLetters("RIFF");
    private static final int WAVE = fourLetters("WAVE");
    private static final int FORMAT = fourLetters("fmt ");
    private static final int DATA = fourLetters("data");

    private static final int PCM = 1;
    private static final int EXTENSIBLE = 0xFFFE;
    /// Where an extensible format names the kind of its samples.
    private static final int SUBFORMAT = 24;

    private WavHead() {}

    /// How long it plays; empty where it is no WAV file of plain samples, or one that says nothing of
    /// use.
    static OptionalDouble seconds(byte[] head) {
        ByteBuffer in = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        if (in.remaining() < 12 || in.getInt(0) != RIFF || in.getInt(8) != WAVE) {
            return OptionalDouble.empty();
        }
        long bytesPerSecond = 0;
        long at = 12;
        while (at + 8 <= in.limit()) {
            int kind = in.getInt((int) at);
            long size = Integer.toUnsignedLong(in.getInt((int) at + 4));
            if (kind == DATA) {
                return bytesPerSecond > 0 ? OptionalDouble.of((double) size / bytesPerSecond) : OptionalDouble.empty();
            }
            if (kind == FORMAT) {
                bytesPerSecond = bytesPerSecond(in, (int) at + 8, size);
            }
            at += 8 + size + (size & 1);
        }
        return OptionalDouble.empty();
    }

    // 0 where the samples are not plain numbers, or where there are none a second.
    private static long bytesPerSecond(ByteBuffer in, int at, long size) {
        if (size < 16 || at + 16 > in.limit() || !isPlain(in, at, size)) {
            return 0;
        }
        int channels = Short.toUnsignedInt(in.getShort(at + 2));
        long rate = Integer.toUnsignedLong(in.getInt(at + 4));
        int bits = Short.toUnsignedInt(in.getShort(at + 14));
        return channels * rate * ((bits + 7) / 8);
    }

    private static boolean isPlain(ByteBuffer in, int at, long size) {
        int format = Short.toUnsignedInt(in.getShort(at));
        boolean extended = format == EXTENSIBLE && size >= SUBFORMAT + 2 && at + SUBFORMAT + 2 <= in.limit();
        return format == PCM || (extended && in.getShort(at + SUBFORMAT) == PCM);
    }

    private static int fourLetters(String letters) {
        return letters.charAt(0) | letters.charAt(1) << 8 | letters.charAt(2) << 16 | letters.charAt(3) << 24;
    }
}
